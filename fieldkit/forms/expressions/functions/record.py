"""Functions on the form and the device, and on messages that somebody signed."""

import base64
import binascii

from fieldkit.forms.expressions.environment import Environment
from fieldkit.forms.expressions.functions.table import ANY_NUMBER, Function, row
from fieldkit.forms.expressions.values import Value

SIGNATURE_BYTES = 64


def _version(env: Environment) -> str:
    return env.fact("version")


def _property(env: Environment, name: str) -> str:
    return env.fact(name)


def _depend(_: Environment, value: Value, *__: Value) -> Value:
    """The first value; the others only say what else it waits for."""
    return value


def _extract_signed(_: Environment, signed: str, public: str) -> str:
    """The message that Ed25519's holder of `public` signed; empty when it is not theirs.

    Both are base64; the message stands behind its signature of 64 bytes (ODK's form functions, `extract-signed`).
    """
    from fieldkit.crypto.signature import SignatureFault, verify  # noqa: PLC0415 (few forms ask; it is slow to load)

    try:
        key, content = base64.b64decode(public, validate=True), base64.b64decode(signed, validate=True)
        verify(key, content[SIGNATURE_BYTES:], content[:SIGNATURE_BYTES])
        return content[SIGNATURE_BYTES:].decode()
    except (binascii.Error, ValueError, SignatureFault):
        return ""


FUNCTIONS: tuple[Function, ...] = (
    row("version", (0, 0), "s", "s", _version),
    row("property", (1, 1), "s", "s", _property),
    row("depend", (1, ANY_NUMBER), "v", "v", _depend),
    row("extract-signed", (2, 2), "s", "s", _extract_signed),
)
