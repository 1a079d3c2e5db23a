"""Mistakes between devices on one serial line: told apart by nothing, or spoken to at two speeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.config.devices import PadSettings
from server.config.section import Mistake
from server.config.strips import StripSettings

_SECTIONS = (("pads", PadSettings), ("strips", StripSettings))


def shared_lines(content: Any) -> Iterator[Mistake]:
    """A line has one speed; an address on it is one device's among those that understand each other's frames."""
    addresses: set[tuple[str, str, int]] = set()
    speeds: dict[str, int] = {}
    for section, model in _SECTIONS:
        rows = content.get(section) if isinstance(content, dict) else None
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            link = row.get("link") if isinstance(row, dict) else None
            if not isinstance(link, str):
                continue
            speed = row.get("baudrate", model.model_fields["baudrate"].default)
            if isinstance(speed, int) and speeds.setdefault(link, speed) != speed:
                yield f"{section}.{index}.baudrate", f"{link} is spoken to at {speeds[link]} before"
            address = row.get("address")
            if not isinstance(address, int):
                continue
            place = (link, str(_framing(section, row)), address)
            if place in addresses:
                yield f"{section}.{index}.address", f"{address} at {link} is used twice"
            addresses.add(place)


def _framing(section: str, row: dict[str, Any]) -> Any:
    """A pad's frames are those of the digit displays; those of another kind of strip do not meet them."""
    return "digits" if section == "pads" else row.get("dialect", StripSettings.model_fields["dialect"].default)
