"""Concrete paths of a running form, taken apart."""

import re

_ROW = re.compile(r"\[\d+\]")


def template(ref: str) -> tuple[str, ...]:
    """The template path of a concrete one: `/data/family[2]/name` -> data, family, name."""
    return tuple(_ROW.sub("", ref).strip("/").split("/"))


def leaf(ref: str) -> str:
    """The name of the question at a concrete path: `/data/family[2]/member_age` -> member_age."""
    return template(ref)[-1]
