"""Where a speaker sounds, as config.yaml writes it: `display://hall`, `alsa://default`, `agent://NAME`."""

from __future__ import annotations

import re
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, StringConstraints

from server.told import told

OutletKind = Literal["display", "alsa", "agent"]
_ALSA = r"[A-Za-z0-9_:=,.-]{1,80}"
_OUTLET = re.compile(rf"(display|agent)://([a-z0-9][a-z0-9-]{{0,31}})|(alsa)://({_ALSA})")


class Outlet(NamedTuple):
    """`name`: the screen's id, ALSA's name of the device, or the agent's name."""

    kind: OutletKind
    name: str


def parse_outlet(text: str) -> Outlet:
    """Raises ValueError."""
    found = _OUTLET.fullmatch(text)
    if found is None:
        raise ValueError(told("%(text)r is none of display://SCREEN, alsa://DEVICE and agent://NAME", text=text))
    kind, name = (part for part in found.groups() if part is not None)
    return Outlet("display" if kind == "display" else "alsa" if kind == "alsa" else "agent", name)


def _outlet(text: str) -> str:
    parse_outlet(text)
    return text


AlsaDevice = Annotated[str, StringConstraints(pattern=rf"^{_ALSA}$")]
SoundOutlet = Annotated[str, AfterValidator(_outlet)]
