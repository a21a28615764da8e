"""Handing a finished submission to an OpenRosa server (ODK Central, KoBoToolbox): the form submission API.

1. The exact bytes are sent, as the part `xml_submission_file`; attachments go under the names the XML has.
2. First HEAD: the server says what length it accepts. What is longer goes in several requests, the XML in each;
   what cannot be made to fit is not sent at all.
3. Only 201 or 202 with an OpenRosa response is success. A sign-in page that answers 200 is none.
4. Nothing goes over a line that others can read: https, or a server on this same computer.
5. A redirect is followed once, for HEAD alone, to the same host: answers are sent to nobody who was not named.
"""

import base64
import http.client
import ipaddress
import re
import ssl
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

from fieldkit.domain.errors import DeviceFault, ForeignFault
from fieldkit.domain.ports import Randomness

VERSION = "1.0"
RESPONSE = "{http://openrosa.org/http/response}OpenRosaResponse"
XML_PART = "xml_submission_file"
XML_NAME = "submission.xml"
"""Neutral: the name of a file says nothing about whom."""
USUAL_LENGTH = 10_000_000
"""Bytes sent at once to a server that names no length (ODK Collect's own habit)."""
TIMEOUT = 60
"""Seconds without a byte before the line counts as broken."""
MAX_ANSWER = 256 * 1024
_NAME = re.compile(r"[^\x00-\x1f\"\\/:]{1,200}")


class ForwardRefused(ForeignFault):
    """The server did not take a submission; here nothing changed."""


class ForwardFailed(DeviceFault):
    """The line or the server failed; whether it arrived is not known, and sending it again does no harm."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where to: the address of its submission page; user and password where it asks for them."""

    address: str
    user: str = ""
    password: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The name of the server alone."""
        return urlsplit(self.address).hostname or ""


@dataclass(frozen=True, slots=True)
class File:
    """An attachment under the name that the XML has."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Taken:
    """The server has it: in how many requests, and with which statuses."""

    statuses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


def submit(
    server: Server, xml: bytes, files: Sequence[File], *, now: datetime, randomness: Randomness
) -> Taken:
    """Send one submission with its attachments.

    Raises ForwardRefused `forward.address`, `forward.not_encrypted`, `forward.too_large`, `forward.unauthorised`,
    `forward.no_form`, `forward.duplicate`, `forward.refused`, `forward.not_openrosa`; ForwardFailed
    `forward.unreachable`, `forward.server`.
    """
    _check_address(server)
    headers = _headers(server, now)
    server, length = _asked(server, headers)
    boundary = f"fieldkit-{randomness.bytes(16).hex()}"
    bodies = list(_bodies(xml, files, boundary, length))
    kind = {"Content-Type": f'multipart/form-data; boundary="{boundary}"'}
    statuses = []
    for body in bodies:
        answer = _request(server, "POST", {**headers, **kind}, body)
        _demand_taken(answer)
        statuses.append(answer.status)
    return Taken(tuple(statuses))


def _headers(server: Server, now: datetime) -> dict[str, str]:
    headers = {"X-OpenRosa-Version": VERSION, "Date": format_datetime(now.astimezone(UTC), usegmt=True)}
    if server.user:
        spelled = f"{server.user}:{server.password}".encode()
        headers["Authorization"] = "Basic " + base64.b64encode(spelled).decode("ascii")
    return headers


# --- where to ---------------------------------------------------------------------------------------


def _check_address(server: Server) -> None:
    """Rule 4."""
    try:
        parts = urlsplit(server.address)
        port = parts.port
    except ValueError as fault:
        raise ForwardRefused("forward.address") from fault
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0 or parts.username:
        raise ForwardRefused("forward.address")
    if parts.scheme == "http" and not _is_this_computer(parts.hostname):
        raise ForwardRefused("forward.not_encrypted", host=parts.hostname)


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _asked(server: Server, headers: Mapping[str, str]) -> tuple[Server, int]:
    """The server as it wants to be addressed, and the length it accepts (rules 2 and 5)."""
    answer = _request(server, "HEAD", headers, b"")
    if answer.status in (301, 302, 303, 307, 308):
        moved = replace(server, address=urljoin(server.address, answer.headers.get("location", "")))
        _check_address(moved)
        if moved.host != server.host:
            raise ForwardRefused("forward.moved", host=moved.host)
        server, answer = moved, _request(moved, "HEAD", headers, b"")
    if answer.status in (401, 403, 404) or answer.status >= 500:
        _demand_taken(answer)
    said = answer.headers.get("x-openrosa-accept-content-length", "").strip()
    return server, int(said) if said.isdecimal() and int(said) > 0 else USUAL_LENGTH


# --- what is sent -----------------------------------------------------------------------------------


def _bodies(xml: bytes, files: Sequence[File], boundary: str, length: int) -> Iterator[bytes]:
    """The requests: the XML in each, as many attachments as fit (rules 1 and 2)."""
    head = _part(boundary, XML_PART, XML_NAME, "text/xml", xml)
    end = f"--{boundary}--\r\n".encode("ascii")
    parts = [_file(boundary, file) for file in files]
    largest = len(head) + len(end) + max(map(len, parts), default=0)
    if largest > length:
        raise ForwardRefused("forward.too_large", bytes=largest, limit=length)
    held: list[bytes] = []
    for part in parts:
        if sum(map(len, held)) + len(part) + len(head) + len(end) > length:
            yield b"".join((head, *held, end))
            held = []
        held.append(part)
    yield b"".join((head, *held, end))


def _file(boundary: str, file: File) -> bytes:
    if _NAME.fullmatch(file.name) is None:
        raise ForwardRefused("forward.file_name")
    return _part(boundary, file.name, file.name, file.media_type, file.content)


def _part(boundary: str, name: str, file_name: str, media_type: str, content: bytes) -> bytes:
    head = (
        f"--{boundary}\r\n"
        f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\n'
        f"Content-Type: {media_type}\r\n"
        "\r\n"
    )
    return head.encode("utf-8") + content + b"\r\n"


# --- over the line ----------------------------------------------------------------------------------


def _request(server: Server, method: str, headers: Mapping[str, str], body: bytes) -> _Answer:
    parts = urlsplit(server.address)
    connection = _connection(parts.scheme, parts.hostname or "", parts.port)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, body=body if method == "POST" else None, headers=dict(headers))
        response = connection.getresponse()
        said = {name.lower(): value for name, value in response.getheaders()}
        return _Answer(response.status, said, response.read(MAX_ANSWER))
    except (TimeoutError, OSError, http.client.HTTPException, ssl.SSLError) as fault:
        raise ForwardFailed("forward.unreachable", host=server.host) from fault
    finally:
        connection.close()


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=TIMEOUT, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=TIMEOUT)


_CODES = {
    401: "forward.unauthorised",
    403: "forward.unauthorised",
    404: "forward.no_form",
    409: "forward.duplicate",
    413: "forward.server_too_large",
}


def _demand_taken(answer: _Answer) -> None:
    """Rule 3."""
    if answer.status in (201, 202):
        if not _is_openrosa(answer.body):
            raise ForwardRefused("forward.not_openrosa", status=answer.status)
        return
    if answer.status in _CODES:
        raise ForwardRefused(_CODES[answer.status])
    if answer.status >= 500:
        raise ForwardFailed("forward.server", status=answer.status)
    if 200 <= answer.status < 400:
        raise ForwardRefused("forward.not_openrosa", status=answer.status)
    raise ForwardRefused("forward.refused", status=answer.status)


def _is_openrosa(body: bytes) -> bool:
    """Whether an answer is an OpenRosa response. It needs no document type: one that declares one is none."""
    if b"<!" in body:
        return False
    try:
        return ElementTree.fromstring(body).tag == RESPONSE  # noqa: S314 (no document type, bounded length)
    except ElementTree.ParseError:
        return False
