"""The scheduler of CUPS, spoken to in IPP over HTTP on its own socket.

Not by CUPS' programs: starting one stops the hub while this process is copied, 59 ms with 300 MB of it. Not by its
library either, which has no wheel to install and blocks.
"""

from __future__ import annotations

import http.client
import os
import pwd
import socket
from collections.abc import Iterable
from contextlib import closing
from enum import IntEnum
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from server.device.connecting import connect
from server.device.ipp import (
    Attribute,
    Content,
    Group,
    GroupTag,
    IppError,
    Message,
    Value,
    ValueTag,
    decode,
    encode,
)
from server.told import told, told_of

_SOCKET = Path("/run/cups/cups.sock")
_PORT: Final = 631
_CONNECT_TIMEOUT: Final = 3.0
_PATIENCE: Final = 10.0
"""Seconds for an answer: it comes in milliseconds or not at all."""
NOT_POSSIBLE: Final = 0x0404
NOT_FOUND: Final = 0x0406
_FIRST_FAILURE: Final = 0x0400
_WORDS: Final = {
    0x0400: "bad request",
    0x0401: "forbidden",
    0x0402: "not authenticated",
    0x0403: "not authorized",
    NOT_POSSIBLE: "not possible",
    NOT_FOUND: "not found",
    0x0503: "device error",
    0x0506: "not accepting jobs",
    0x0507: "busy",
}


class Operation(IntEnum):
    """RFC 8011 §4 and CUPS' own."""

    PRINT_JOB = 0x0002
    CANCEL_JOB = 0x0008
    GET_JOB_ATTRIBUTES = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER_ATTRIBUTES = 0x000B
    CUPS_GET_PRINTERS = 0x4002


class CupsAway(Exception):
    """No scheduler there, or none that answers: whether it has acted is not known."""


class CupsRefuses(Exception):
    """The scheduler will not; `status` is IPP's, 0 where HTTP refused already."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class Scheduler:
    """The scheduler where CUPS_SERVER says, as CUPS' own programs read it; else that of this PC."""

    def __init__(self, patience: float = _PATIENCE) -> None:
        self._server = os.environ.get("CUPS_SERVER") or (str(_SOCKET) if _SOCKET.exists() else "localhost")
        self._patience = patience

    def ask(
        self, operation: Operation, queue: str | None, *attributes: Attribute, data: bytes = b""
    ) -> tuple[Group, ...]:
        """The groups of its answer about a queue or, with None, about itself. Raises CupsAway or CupsRefuses."""
        path = f"/printers/{quote(queue, safe='')}" if queue is not None else "/"
        about = (attribute("printer-uri", ValueTag.URI, f"ipp://localhost{path}"),) if queue is not None else ()
        request = Group(
            GroupTag.OPERATION,
            (
                attribute("attributes-charset", ValueTag.CHARSET, "utf-8"),
                attribute("attributes-natural-language", ValueTag.LANGUAGE, "en"),
                *about,
                attribute("requesting-user-name", ValueTag.NAME, _user()),
                *attributes,
            ),
        )
        answer = self._exchange(path, encode(Message(operation, 1, (request,), data)))
        if answer.code >= _FIRST_FAILURE:
            raise CupsRefuses(answer.code, _words_of(answer))
        return answer.groups

    def _exchange(self, path: str, body: bytes) -> Message:
        headers = {"Content-Type": "application/ipp"}
        if self._server.startswith("/"):
            headers["Authorization"] = f"PeerCred {_user()}"  # CUPS asks the kernel whether it is true
        with closing(self._connected()) as connection:
            try:
                connection.request("POST", path, body, headers)
                with connection.getresponse() as response:
                    content = response.read()
            except (OSError, http.client.HTTPException) as error:
                raise CupsAway(
                    told(
                        "the scheduler of CUPS at %(server)s does not answer: %(error)s",
                        server=self._server,
                        error=told_of(error),
                    )
                ) from error
        if response.status != http.client.OK:
            raise CupsRefuses(
                0,
                told(
                    "the scheduler of CUPS refuses: %(status)s %(reason)s",
                    status=response.status,
                    reason=response.reason,
                ),
            )
        try:
            return decode(content)
        except IppError as error:
            raise CupsAway(
                told(
                    "the scheduler of CUPS at %(server)s answers what is no IPP: %(error)s",
                    server=self._server,
                    error=told_of(error),
                )
            ) from error

    def _connected(self) -> http.client.HTTPConnection:
        try:
            host, port, wire = _wire(self._server)
        except (OSError, ValueError) as error:
            raise CupsAway(
                told(
                    "no scheduler of CUPS is running at %(server)s (%(error)s): systemctl start cups, or "
                    "apt-get install cups",
                    server=self._server,
                    error=told_of(error),
                )
            ) from error
        wire.settimeout(self._patience)
        connection = http.client.HTTPConnection(host, port)  # as CUPS wants to be called: it looks at the header Host
        connection.sock = wire
        return connection


def attribute(name: str, tag: ValueTag, *contents: Content) -> Attribute:
    return Attribute(name, tuple(Value(tag, content) for content in contents))


def of_kind(groups: Iterable[Group], tag: GroupTag) -> list[Group]:
    return [group for group in groups if group.tag == tag]


def _wire(server: str) -> tuple[str, int, socket.socket]:
    """Host, port and connection; `server` is a socket's path, or a host with or without a port.

    Raises OSError; ValueError for what is neither.
    """
    if not server.startswith("/"):
        place = urlsplit(f"//{server.partition('/')[0]}")  # what follows the slash is the version of IPP
        host, port = place.hostname or "localhost", place.port or _PORT
        return host, port, connect(host, port, _CONNECT_TIMEOUT)
    wire = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        wire.settimeout(_CONNECT_TIMEOUT)
        wire.connect(server)
    except BaseException:
        wire.close()
        raise
    return "localhost", _PORT, wire


@cache
def _user() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:  # a container's user without a name
        return str(os.geteuid())


def _words_of(answer: Message) -> str:
    said = [word for group in answer.groups for word in group.words("status-message")]
    return said[0] if said and said[0] else _WORDS.get(answer.code, f"IPP status {answer.code:#06x}")
