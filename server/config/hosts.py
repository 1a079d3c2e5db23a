"""Hosts and ports inside addresses, checked as far as that is possible without asking the network."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOSTNAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*\Z")
_NUMERIC = re.compile(r"[\d.]+\Z")


def split(text: str) -> SplitResult | None:
    """None where the text cannot be an address at all, or its port is none."""
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    # urlsplit drops line breaks, and takes blanks for part of a name.
    return None if port == 0 or any(character.isspace() for character in text) else parts


def is_host(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return bool(_HOSTNAME.match(text)) and not _NUMERIC.match(text)
    return True


def is_host_and_port_alone(parts: SplitResult) -> bool:
    alone = not (parts.path or parts.query or parts.fragment or "@" in parts.netloc)
    return alone and parts.port is not None and is_host(parts.hostname or "")
