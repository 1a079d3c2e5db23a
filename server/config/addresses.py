"""Addresses in config.yaml, checked as far as that is possible without asking the network."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Annotated

from pydantic import AfterValidator

from server.config.hosts import is_host, is_host_and_port_alone, split
from server.config.printer_address import parse_printer
from server.told import told

_LONGEST_PUBLIC_URL = 150
"""Bytes. Longer, and with the ticket's token behind it, the QR code gets too fine for the paper."""
INPUT = "input://"
_SERIAL_SERVERS = ("socket", "rfc2217")
AGENT = "agent://"
"""Before the name of the agent at whose PC a device hangs."""


def _host(text: str) -> str:
    if not is_host(text):
        raise ValueError(told("%(text)r is neither an address nor a host name", text=text))
    return text


def _public_url(text: str) -> str:
    parts = split(text)
    if parts is None or parts.scheme not in ("http", "https") or not is_host(parts.hostname or ""):
        raise ValueError(told("%(text)r is not an address such as http://192.168.1.10:8000", text=text))
    if parts.query or parts.fragment:
        raise ValueError(told("nothing may follow its path: a ticket's own path is put behind it"))
    if len(text.encode()) > _LONGEST_PUBLIC_URL:
        raise ValueError(told("longer than %(most)s bytes", most=_LONGEST_PUBLIC_URL))
    return text


def _database(text: str) -> str:
    # Never quoted: it may have a password in it.
    parts = split(text)
    file = text.removeprefix("sqlite:///")
    is_file = file != text and file not in ("", ":memory:") and not file.endswith("/")
    is_server = parts is not None and parts.scheme == "postgresql" and len(parts.path) > 1
    if not (is_file or is_server):
        raise ValueError(told("neither sqlite:///FILE nor postgresql://USER@HOST/NAME"))
    return text


def _printer(text: str) -> str:
    parse_printer(text)
    return text


def _serial_line(text: str) -> str:
    parts = split(text)
    is_path = PurePosixPath(text).is_absolute()
    # What follows a ? are pyserial's options.
    is_server = (
        parts is not None and parts.scheme in _SERIAL_SERVERS and is_host_and_port_alone(parts._replace(query=""))
    )
    if not (is_path or is_server):
        raise ValueError(
            told("%(text)r is neither an absolute path nor socket://HOST:PORT nor rfc2217://HOST:PORT", text=text)
        )
    return text


def _pad_link(text: str) -> str:
    return _printer(text) if text.startswith(AGENT) else _pad_line(text)


def _pad_line(text: str) -> str:
    if not text.startswith(INPUT):
        return _serial_line(text)
    if not PurePosixPath(text.removeprefix(INPUT)).is_absolute():
        raise ValueError(told("%(text)r is not an address such as input:///dev/input/by-path/…-event-kbd", text=text))
    return text


Host = Annotated[str, AfterValidator(_host)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
PrinterLink = Annotated[str, AfterValidator(_printer)]
SerialLine = Annotated[str, AfterValidator(_serial_line)]
PadLink = Annotated[str, AfterValidator(_pad_link)]
PadLine = Annotated[str, AfterValidator(_pad_line)]
