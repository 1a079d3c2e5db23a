"""The virtual pad as one object: the device on its cable, its record, and the control page."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypedDict

from evaluator.dialects import Dialect, dialects
from evaluator.dialects.hallqueue import HallQueueDialect
from evaluator.dialects.template import TemplateDialect, load_template
from evaluator.dialects.text import TextDialect
from evaluator.virtual_pad.device import PadDevice
from evaluator.virtual_pad.faces import FACES, KEY_WORDS, PAGE_WORDS
from evaluator.virtual_pad.hallqueue_pad import HallQueuePad
from evaluator.virtual_pad.template_pad import TemplatePad
from evaluator.virtual_pad.text_pad import TextPad
from server.device.pressable_device import LogEntry, PressableDevice

_STATIC = {
    "/": ("index.html", "text/html; charset=utf-8"),
    "/pad.css": ("pad.css", "text/css; charset=utf-8"),
    "/seal.svg": ("seal.svg", "image/svg+xml"),
    "/pad.js": ("pad.js", "text/javascript; charset=utf-8"),
}


class PadState(TypedDict):
    """What `GET /state` answers. `showing` is the text on the display, `face` its kind."""

    window: int
    address: int
    dialect: str
    showing: str
    face: str
    clerk: str
    prompted: bool
    pressed: int | None
    tries: int
    acked: bool
    waiting: bool
    stars: int | None
    beeps: int
    plugged: bool
    link: str
    log: list[LogEntry]


class VirtualPad(PressableDevice):
    """A pad on a pseudo-terminal, with a control page on 127.0.0.1.

    `dialect` names an entry of `evaluator.dialects.dialects`, or `template` a template; `link` is a path to keep as a
    symlink to the terminal; `control` is the page's port, 0 for a free one, None for no page; `pacing` is a baud rate
    to send at; without `digits` a hallqueue pad has no digit display.
    Raises ValueError for a dialect it cannot play, TemplateMistake for a template that cannot be used.
    """

    def __init__(
        self,
        window: int,
        address: int,
        *,
        dialect: str = "hallqueue",
        template: str | None = None,
        link: Path | None = None,
        control: int | None = 0,
        pacing: int | None = None,
        digits: bool = True,
    ) -> None:
        spoken = dialects.get(dialect) if template is None else TemplateDialect(load_template(template))
        if spoken is None:
            raise ValueError(f"no virtual pad speaks {dialect!r}")
        super().__init__(f"pad-{window}", link, pacing)
        self.window = window
        self.dialect = spoken
        self._device = device_for(spoken, address, self._note, digits=digits)
        self._control = None if control is None else self._page(control, "evaluator.virtual_pad", _STATIC, self._face)

    @property
    def mechanism(self) -> PadDevice:
        """See PressableDevice.mechanism."""
        return self._device

    def press(self, key: int | str) -> bool:
        """Press the key with this raw number; False when the bytes had nowhere to go. ValueError for no such key."""
        if key not in self.dialect.keys:
            raise ValueError(f"this pad has the keys {sorted(self.dialect.keys)}, not {key}")
        with self._changed:
            sent = self._device.press(int(key), time.monotonic())
            return self._send(sent, self._device.sending) if sent else True

    def state(self) -> PadState:
        """What the pad shows, what became of the last press, and its record."""
        with self._changed:
            device = self._device
            return PadState(
                window=self.window,
                address=device.address,
                dialect=self.dialect.name,
                showing=device.showing,
                face=device.face,
                clerk=device.clerk,
                prompted=device.prompted,
                pressed=device.pressed,
                tries=device.tries,
                acked=device.acked,
                waiting=device.waiting,
                stars=device.stars,
                beeps=device.beeps,
                plugged=self._port.plugged,
                link=self.link,
                log=list(self._log),
            )

    def _face(self) -> Mapping[str, Any]:
        keys = [{"key": key, "zh": word, "en": KEY_WORDS.get(word, "")} for key, word in self.dialect.keys.items()]
        words = {
            name: {"zh": text.zh.format(window=self.window), "en": text.en.format(window=self.window)}
            for name, text in PAGE_WORDS.items()
        }
        return {"keys": keys, "words": words, "displays": {name: text._asdict() for name, text in FACES.items()}}


def device_for(dialect: Dialect, address: int, note: Callable[[str], None], *, digits: bool = True) -> PadDevice:
    """The pad that speaks it. Raises ValueError when none does."""
    match dialect:
        case HallQueueDialect():
            return HallQueuePad(address, dialect.ack, note, digits=digits)
        case TextDialect():
            return TextPad(address, note)
        case TemplateDialect():
            return TemplatePad(address, dialect.template, note)
    raise ValueError(f"no virtual pad speaks {dialect.name!r}")
