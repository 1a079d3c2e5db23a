"""The steady clock of this PC, and the name of the start since which it counts."""

from __future__ import annotations

import secrets
import time
from functools import cache
from pathlib import Path
from typing import Final

from server.messages.letters import SteadyTime

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")


def steady_time() -> SteadyTime:
    return SteadyTime(boot=_boot(), ticks=time.clock_gettime(time.CLOCK_BOOTTIME))


@cache
def _boot() -> str:
    """Where the kernel does not tell it, no later process can say how old anything of this one is."""
    try:
        return _BOOT_ID.read_text(encoding="ascii").strip()
    except OSError:
        return secrets.token_hex(16)
