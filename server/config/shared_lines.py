"""Mistakes between devices on one serial line: told apart by nothing, or spoken to at two speeds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from server.config.addresses import AGENT, INPUT
from server.config.devices import KeypadSettings, PadSettings
from server.config.section import Mistake
from server.config.strips import StripSettings
from server.told import told

_SECTIONS = (("pads", PadSettings), ("keypads", KeypadSettings), ("strips", StripSettings))


def shared_lines(content: Any) -> Iterator[Mistake]:
    """A line has one speed; an address on it is one device's among those that understand each other's frames.

    But for a keypad and a pad whose makers meant them to have the same one (`_are_a_pair`).
    """
    addresses: dict[tuple[str, str, int], list[tuple[str, dict[str, Any]]]] = {}
    speeds: dict[str, int] = {}
    for section, model in _SECTIONS:
        rows = content.get(section) if isinstance(content, dict) else None
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            link = row.get("link") if isinstance(row, dict) else None
            # An agent may have several lines, and says itself which is whose.
            if not isinstance(link, str) or link.startswith(AGENT):
                continue
            speed = row.get("baudrate", model.model_fields["baudrate"].default)
            if isinstance(speed, int) and speeds.setdefault(link, speed) != speed:
                yield (
                    f"{section}.{index}.baudrate",
                    told("%(link)s is spoken to at %(speeds)s before", link=link, speeds=speeds[link]),
                )
            address = row.get("address", 0 if link.startswith(INPUT) else None)
            if not isinstance(address, int):
                continue
            there = addresses.setdefault((link, str(_framing(section, row)), address), [])
            if there and not (len(there) == 1 and _are_a_pair(there[0], (section, row))):
                yield (
                    f"{section}.{index}.address",
                    told("%(address)s at %(link)s is used twice", address=address, link=link),
                )
            there.append((section, row))


def _are_a_pair(one: tuple[str, dict[str, Any]], other: tuple[str, dict[str, Any]]) -> bool:
    """A queuesystem keypad and its window's pad, which are told apart by command 11 of the pad."""
    if [section for section, _ in (one, other)] != ["pads", "keypads"]:
        return False
    pad, keypad = one[1], other[1]
    return (
        _dialect(PadSettings, pad) == "hallqueue"
        and _dialect(KeypadSettings, keypad) == "queuesystem"
        and pad.get("window") == keypad.get("window")
    )


def _framing(section: str, row: dict[str, Any]) -> Any:
    """A pad's and a keypad's frames are those of the digit displays; another kind of strip's do not meet them."""
    return _dialect(StripSettings, row) if section == "strips" else "digits"


def _dialect(model: type[PadSettings | KeypadSettings | StripSettings], row: dict[str, Any]) -> Any:
    return row.get("dialect", model.model_fields["dialect"].default)
