"""Addresses in config.yaml, checked as far as that is possible without asking the network."""

from __future__ import annotations

import re
from ipaddress import ip_address
from pathlib import PurePosixPath
from typing import Annotated
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator

_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOSTNAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*\Z")
_NUMERIC = re.compile(r"[\d.]+\Z")
_LONGEST_PUBLIC_URL = 150
"""Bytes. Longer, and with the ticket's token behind it, the QR code gets too fine for the paper."""
_SERIAL_SERVERS = ("socket", "rfc2217")


def _host(text: str) -> str:
    if not _is_host(text):
        raise ValueError(f"{text!r} is neither an address nor a host name")
    return text


def _public_url(text: str) -> str:
    parts = _split(text)
    if parts is None or parts.scheme not in ("http", "https") or not _is_host(parts.hostname or ""):
        raise ValueError(f"{text!r} is not an address such as http://192.168.1.10:8000")
    if parts.query or parts.fragment:
        raise ValueError("nothing may follow its path: a ticket's own path is put behind it")
    if len(text.encode()) > _LONGEST_PUBLIC_URL:
        raise ValueError(f"longer than {_LONGEST_PUBLIC_URL} bytes")
    return text


def _database(text: str) -> str:
    # Never quoted: it may have a password in it.
    parts = _split(text)
    file = text.removeprefix("sqlite:///")
    is_file = file != text and file not in ("", ":memory:") and not file.endswith("/")
    is_server = parts is not None and parts.scheme == "postgresql" and len(parts.path) > 1
    if not (is_file or is_server):
        raise ValueError("neither sqlite:///FILE nor postgresql://USER@HOST/NAME")
    return text


def _printer(text: str) -> str:
    parts = _split(text)
    if parts is None or parts.scheme != "tcp" or not _is_host_and_port_alone(parts):
        raise ValueError(f"{text!r} is not an address such as tcp://192.168.1.60:9100")
    return text


def _serial_line(text: str) -> str:
    parts = _split(text)
    is_path = PurePosixPath(text).is_absolute()
    # What follows a ? are pyserial's options.
    is_server = (
        parts is not None and parts.scheme in _SERIAL_SERVERS and _is_host_and_port_alone(parts._replace(query=""))
    )
    if not (is_path or is_server):
        raise ValueError(f"{text!r} is neither an absolute path nor socket://HOST:PORT nor rfc2217://HOST:PORT")
    return text


Host = Annotated[str, AfterValidator(_host)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
DatabaseUrl = Annotated[str, AfterValidator(_database)]
PrinterLink = Annotated[str, AfterValidator(_printer)]
SerialLine = Annotated[str, AfterValidator(_serial_line)]


def _split(text: str) -> SplitResult | None:
    """None where the text cannot be an address at all, or its port is none."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    # urlsplit drops line breaks, and takes blanks for part of a name.
    return None if port == 0 or any(character.isspace() for character in text) else parts


def _is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return bool(_HOSTNAME.match(text)) and not _NUMERIC.match(text)
    return True


def _is_host_and_port_alone(parts: SplitResult) -> bool:
    alone = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return alone and parts.port is not None and _is_host(parts.hostname or "")


def is_serial(address: str) -> bool:
    """Whether bytes to a printer at this address go over a serial line, at its speed."""
    return PurePosixPath(address).is_absolute() or urlsplit(address).scheme in _SERIAL_SERVERS
