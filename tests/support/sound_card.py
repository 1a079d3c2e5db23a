"""A sound card of software for the real `aplay`: what ALSA's own file plugin writes to it is taken at the card's pace.

ALSA's null device alone would swallow an announcement of six seconds in no time; this one reads a pipe as fast as a
card sounds what it gets.
"""

from __future__ import annotations

import fcntl
import os
import select
import threading
import time
from array import array
from dataclasses import dataclass
from pathlib import Path

RATE = 48_000
FRAME = 4
_PIPE = 4096
_LOOK = 50  # milliseconds
_SET_PIPE_SIZE = 1031  # fcntl's F_SETPIPE_SZ

_PLUGGED = """
pcm.hall {{
    type plug
    slave.pcm {{
        type plug
        slave.pcm {{ type file slave.pcm {{ type null }} file "{pipe}" format raw }}
        slave {{ format S16_LE rate 48000 channels 2 }}
    }}
    hint {{ show on description "Hall amplifier" }}
}}
"""
_TAKES_NOTHING = """
pcm.hall {{ type file slave.pcm {{ type null }} file "{folder}" format raw }}
"""


@dataclass(frozen=True)
class Taken:
    """`at`: when the card took it, in seconds of the monotonic clock."""

    at: float
    data: bytes


class SoundCard:
    """The device `hall` of the ALSA configuration `config`, which ALSA_CONFIG_PATH has to name."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._pipe = folder / "card"
        self.config = folder / "asound.conf"
        self.cards = folder / "cards"
        self.taken: list[Taken] = []
        self._frozen = False
        self._reading: int | None = None
        self._thread: threading.Thread | None = None
        os.mkfifo(self._pipe)
        self.plug_in()

    def plug_in(self) -> None:
        self._reading = os.open(self._pipe, os.O_RDWR)
        fcntl.fcntl(self._reading, _SET_PIPE_SIZE, _PIPE)
        self.config.write_text(_PLUGGED.format(pipe=self._pipe), encoding="ascii")
        self.cards.write_text("0 [hall]", encoding="ascii")
        self._thread = threading.Thread(target=self._sound, args=(self._reading,), daemon=True)
        self._thread.start()

    def unplug(self) -> None:
        """Also in the middle of a sound."""
        self.config.write_text("", encoding="ascii")
        self.cards.write_text("--- no soundcards ---", encoding="ascii")
        self.close()

    def freeze(self) -> None:
        """It takes nothing more, and says nothing: as a USB card does whose cable is bad."""
        self._frozen = True

    def thaw(self) -> None:
        self._frozen = False

    def break_down(self) -> None:
        """It opens, and each write to it fails."""
        self.config.write_text(_TAKES_NOTHING.format(folder=self._folder), encoding="ascii")

    def close(self) -> None:
        reading, self._reading = self._reading, None
        if reading is not None and self._thread is not None:
            self._thread.join()

    @property
    def samples(self) -> array[int]:
        """What has sounded, of the left channel; the right one must be the same."""
        both = array("h", self.sounded)
        assert both[::2] == both[1::2]
        return both[::2]

    @property
    def sounded(self) -> bytes:
        whole = b"".join(taken.data for taken in self.taken)
        return whole[: len(whole) // FRAME * FRAME]

    def clear(self) -> None:
        self.taken.clear()

    def _sound(self, reading: int) -> None:
        due = 0.0
        filled = select.poll()
        filled.register(reading, select.POLLIN)
        while self._reading == reading:
            if self._frozen:
                time.sleep(_LOOK / 1000)
            elif filled.poll(_LOOK):
                data = os.read(reading, _PIPE)
                now = time.monotonic()
                self.taken.append(Taken(now, data))
                due = max(due, now) + len(data) / FRAME / RATE
                time.sleep(max(0.0, due - time.monotonic()))
        os.close(reading)
