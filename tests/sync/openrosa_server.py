"""A form server on this computer that looks at every request as the OpenRosa form submission API asks for.

It keeps what it was sent, and everything it found wrong in `wrong`: a request with a fault is refused.
"""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from email.utils import parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

ANSWER = (
    b'<OpenRosaResponse xmlns="http://openrosa.org/http/response"><message>kept</message></OpenRosaResponse>'
)
META = "{http://openrosa.org/xforms}meta"
INSTANCE_ID = "{http://openrosa.org/xforms}instanceID"


@dataclass
class FormServer:
    """What the server does and has. `length` is what it accepts at once; None: it does not say."""

    address: str = ""
    length: int | None = 10_000_000
    status: int = 201
    answer: bytes = ANSWER
    head: int = 204
    location: str = ""
    user: str = ""
    xml: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, dict[str, bytes]] = field(default_factory=dict)
    requests: list[int] = field(default_factory=list)
    """The lengths of the bodies, one a POST."""
    heads: int = 0
    wrong: list[str] = field(default_factory=list)


@contextmanager
def form_server(**settings: object) -> Iterator[FormServer]:
    """A server that listens on the loopback only, while the test runs."""
    state = FormServer(**settings)  # type: ignore[arg-type]  # names and values are FormServer's own

    class Handler(_Handler):
        server_state = state

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.address = f"http://127.0.0.1:{listening.server_address[1]}/submission"
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    server_state: FormServer

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        state = self.server_state
        state.heads += 1
        self._check_headers()
        self.send_response(state.head)
        self.send_header("X-OpenRosa-Version", "1.0")
        if state.length is not None:
            self.send_header("X-OpenRosa-Accept-Content-Length", str(state.length))
        if state.location:
            self.send_header("Location", state.location)
        self.end_headers()

    def do_POST(self) -> None:
        state = self.server_state
        length = int(self.headers.get("Content-Length", "-1"))
        body = self.rfile.read(max(length, 0))
        state.requests.append(length)
        self._check_headers()
        self._check_body(length, body)
        status = state.status if not state.wrong else 400
        self.send_response(status)
        self.send_header("X-OpenRosa-Version", "1.0")
        self.send_header("Content-Length", str(len(state.answer)))
        self.end_headers()
        self.wfile.write(state.answer)

    def _check_headers(self) -> None:
        wrong = self.server_state.wrong
        if self.headers.get("X-OpenRosa-Version") != "1.0":
            wrong.append("X-OpenRosa-Version is not 1.0")
        try:
            parsedate_to_datetime(self.headers.get("Date", ""))
        except ValueError:
            wrong.append("no Date")
        if self.server_state.user and not self.headers.get("Authorization", "").startswith("Basic "):
            wrong.append("no user")

    def _check_body(self, length: int, body: bytes) -> None:
        state = self.server_state
        if state.length is not None and length > state.length:
            state.wrong.append(f"{length} bytes are more than the {state.length} accepted")
        message = BytesParser(policy=HTTP).parsebytes(
            b"Content-Type: " + self.headers.get("Content-Type", "").encode() + b"\r\n\r\n" + body
        )
        if message.get_content_type() != "multipart/form-data" or not message.is_multipart():
            state.wrong.append("not multipart/form-data")
            return
        parts = [
            (part.get_param("name", header="content-disposition"), part.get_filename(), _bytes(part))
            for part in message.iter_parts()
        ]
        self._take(parts)

    def _take(self, parts: Sequence[tuple[object, str | None, bytes]]) -> None:
        state = self.server_state
        xml = [content for name, _, content in parts if name == "xml_submission_file"]
        if len(xml) != 1:
            state.wrong.append(f"{len(xml)} parts called xml_submission_file")
            return
        root = ElementTree.fromstring(xml[0])
        if not root.get("id"):
            state.wrong.append("the root has no id")
        name = root.findtext(f"{META}/{INSTANCE_ID}", "")
        if not name.startswith("uuid:"):
            state.wrong.append("no instanceID")
        if state.xml.setdefault(name, xml[0]) != xml[0]:
            state.wrong.append("other bytes under the same instanceID")
        said = {element.text for element in root.iter()}
        for part, file_name, content in parts:
            if part != "xml_submission_file":
                if part != file_name or file_name not in said:
                    state.wrong.append(f"{file_name} is not named in the XML")
                state.files.setdefault(name, {})[str(file_name)] = content


def _bytes(part: object) -> bytes:
    content = part.get_payload(decode=True)  # type: ignore[attr-defined]
    assert isinstance(content, bytes)
    return content
