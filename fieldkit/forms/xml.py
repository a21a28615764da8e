"""XML from outside, parsed within bounds: no entities, no network, bounded size and depth."""

from typing import Any

from lxml import etree

from fieldkit.forms.problems import FormFault, error

MAX_BYTES = 32 * 1024 * 1024
"""A form of 10,000 villages has 1 MB."""

MAX_TAGS = 2_000_000
"""A form of 10,000 villages has 80,000. An element takes a hundred times the room of its three bytes."""


def parse_xml(content: bytes) -> "etree._Element":
    """The root element. Raises FormFault `form.too_large`, `.too_many_parts`, `.xml` or `.xml_entities`.

    Depth is bounded by the parser (256 elements inside one another).
    """
    if len(content) > MAX_BYTES:
        raise FormFault([error("form.too_large", limit=MAX_BYTES // (1024 * 1024))])
    if content.count(b"<") > MAX_TAGS:
        raise FormFault([error("form.too_many_parts", limit=MAX_TAGS)])
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as fault:
        line = fault.lineno or 0 if isinstance(fault, etree.XMLSyntaxError) else 0
        raise FormFault([error("form.xml", line=line)]) from fault
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        raise FormFault([error("form.xml_entities")])
    return root
