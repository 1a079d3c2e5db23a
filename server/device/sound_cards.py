"""The sound devices of this PC, as `aplay` of alsa-utils lists them."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from typing import Final

from server.device.link import LinkUnavailable
from server.told import told, told_of

_TIMEOUT: Final = 10.0
_NAME: Final = re.compile(r"[A-Za-z0-9_.-]+|plughw:[A-Za-z0-9_:=,.-]+")
"""Devices with a name of their own, and each card's with ALSA's conversions: the rest are parts of these."""
_NO_DEVICES: Final = frozenset(
    {"null", "samplerate", "speexrate", "lavrate", "speex", "upmix", "vdownmix", "jack", "oss"}
)


@dataclass(frozen=True, slots=True)
class SoundDevice:
    """`name` by which ALSA opens it; `words` is what it says of itself."""

    name: str
    words: str


def sound_devices() -> list[SoundDevice]:
    """Raises LinkUnavailable where aplay is not installed or lists nothing in time."""
    try:
        listed = subprocess.run(  # the program that plays, found as it is found then
            ["aplay", "-L"],  # noqa: S607
            env=os.environ | {"LC_ALL": "C"},
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_TIMEOUT,
            check=False,
        )
    except FileNotFoundError as error:
        raise LinkUnavailable(told("aplay is not installed: apt-get install alsa-utils")) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise LinkUnavailable(told("aplay -L: %(error)s", error=told_of(error))) from error
    return parse(listed.stdout)


def parse(listing: str) -> list[SoundDevice]:
    """What `aplay -L` prints: a name, and under it, indented, what it says of itself in lines."""
    found: list[SoundDevice] = []
    name = ""
    for line in listing.splitlines():
        if not line.strip():
            continue
        if not line[0].isspace():
            name = line.strip()
            if _NAME.fullmatch(name) and name not in _NO_DEVICES:
                found.append(SoundDevice(name, ""))
        elif found and found[-1] == SoundDevice(name, ""):
            found[-1] = SoundDevice(name, line.strip())
    return found
