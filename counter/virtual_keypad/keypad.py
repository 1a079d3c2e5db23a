"""The virtual keypad as one object: the device on its cable, its record, and the control page."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypedDict

from counter.keypad.dialects import dialects
from counter.keypad.keys import KEY_WORDS, Key
from counter.virtual_keypad.device import ONE_METRE, Keypad
from counter.virtual_keypad.faces import KEYS, PAGE_WORDS
from server.device.pressable_device import LogEntry, PressableDevice

NAMES: dict[str, int] = {
    **{str(digit): digit for digit in range(10)},
    **{key.name.lower(): int(key) for key in Key},
    **{word: int(key) for key, word in KEY_WORDS.items()},
    "one_metre": ONE_METRE,
}
"""What a key may be called."""
_STATIC = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/keypad.css": ("keypad.css", "text/css; charset=utf-8"),
    "/keypad.js": ("keypad.js", "text/javascript; charset=utf-8"),
    "/segments.js": ("segments.js", "text/javascript; charset=utf-8"),
    "/keypad.svg": ("keypad.svg", "image/svg+xml"),
}


class KeypadState(TypedDict):
    """What `GET /state` answers. `showing` stands on the display: what is `typed`, else what it was told (`shown`)."""

    window: int
    address: int
    dialect: str
    showing: str
    shown: str
    typed: str
    pressed: str | None
    tries: int
    acked: bool
    waiting: bool
    beeps: int
    plugged: bool
    link: str
    log: list[LogEntry]


class VirtualKeypad(PressableDevice):
    """A keypad of 21 keys on a pseudo-terminal, with a control page on 127.0.0.1.

    `dialect` names an entry of `counter.keypad.dialects`; `link` is a path to keep as a symlink to the terminal;
    `control` is the page's port, 0 for a free one, None for no page; `pacing` is a baud rate to send at.
    """

    def __init__(
        self,
        window: int,
        address: int,
        *,
        dialect: str = "hallqueuefront",
        link: Path | None = None,
        control: int | None = 0,
        pacing: int | None = None,
    ) -> None:
        super().__init__(f"keypad-{window}", link, pacing)
        self.window = window
        self._device = Keypad(address, dialects[dialect], self._note)
        self._control = None if control is None else self._page(control, "counter.virtual_keypad", _STATIC, self._face)

    @property
    def mechanism(self) -> Keypad:
        """See PressableDevice.mechanism."""
        return self._device

    def press(self, key: int | str) -> bool:
        """Press a key, by its code or name: `7`, `call`, `呼叫`. False when bytes had nowhere to go.

        Raises ValueError for no such key.
        """
        named = NAMES.get(str(key).lower())
        code = key if named is None else named
        if not isinstance(code, int) or code not in NAMES.values():
            raise ValueError(f"this keypad has the keys {', '.join(NAMES)}, not {key!r}")
        with self._changed:
            if code <= 9:
                self._device.digit(code, time.monotonic())
                self._ring()
                self._changed.notify_all()
                return True
            sent = self._device.press(code, time.monotonic())
            return self._send(sent, str(self._device.pressed)) if sent else True

    def type(self, digits: str, key: int | str) -> bool:
        """Digits, and then the key that sends them."""
        with self._changed:
            for digit in digits:
                self.press(digit)
            return self.press(key)

    def state(self) -> KeypadState:
        """What the keypad shows, what became of the latest key, and its record."""
        with self._changed:
            device = self._device
            return KeypadState(
                window=self.window,
                address=device.address,
                dialect=device.dialect.name,
                showing=device.showing,
                shown=device.shown,
                typed=device.typed,
                pressed=device.pressed,
                tries=device.tries,
                acked=device.acked,
                waiting=device.waiting,
                beeps=device.beeps,
                plugged=self._port.plugged,
                link=self.link,
                log=list(self._log),
            )

    def _face(self) -> Mapping[str, Any]:
        words = {
            name: {"zh": text.zh.format(window=self.window), "en": text.en.format(window=self.window)}
            for name, text in PAGE_WORDS.items()
        }
        return {"keys": [key._asdict() for key in KEYS], "words": words}
