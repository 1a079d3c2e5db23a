"""The pad's side of a template: what such a pad would be like if the template is right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import get_args

from evaluator.dialects import Say
from evaluator.dialects.template import UP, FrameFinder, FrameName, PadTemplate
from evaluator.virtual_pad.device import PadDevice

_DOWN = tuple(name for name in get_args(FrameName) if name not in UP)


class TemplatePad(PadDevice):
    """If the template has a frame for polling, it sends only then; without an acknowledgement it sends once."""

    def __init__(self, address: int, template: PadTemplate, note: Callable[[str], None]) -> None:
        super().__init__(address, note)
        self._template = template
        self._finder = FrameFinder(template, _DOWN)
        self._polled = "poll" in template.frames
        self._answered = "acknowledge" in template.frames
        self._serial = -1
        self._held = b""

    def press(self, key: int, now: float) -> bytes:
        """See PadDevice.press."""
        self._serial = (self._serial + 1) % 256
        frame = super().press(key, now)
        if self._polled or not self._answered:
            self.due = None
        self.acked = not self._answered and not self._polled
        self._held = frame if self._polled else b""
        return b"" if self._polled else frame

    @property
    def waiting(self) -> bool:
        """See PadDevice.waiting."""
        return bool(self._held) or super().waiting

    def receive(self, data: bytes) -> bytes:
        """See PadDevice.receive."""
        answer = b""
        for byte in data:
            skipped, found = self._finder.hear(byte)
            if skipped is not None:
                self.note(f"skipped {skipped.data.hex(' ').upper()}: {skipped.why}")
            if found is not None:
                name, values, text, _ = found
                if values.get("address", self.address) == self.address:
                    answer += self._obey(name, values, text)
        return answer

    def _press_frame(self) -> bytes:
        values = {"address": self.address, "key": self.pressed or 0, "serial": self._serial}
        return self._template.put("press", values) or b""

    def _obey(self, name: FrameName, values: Mapping[str, int], text: bytes) -> bytes:
        if name == "poll":
            return self._polled_now()
        if name == "acknowledge":
            mine = (values.get("key", self.pressed), values.get("serial", self._serial)) == (self.pressed, self._serial)
            if self.waiting and mine:
                self._held = b""
                self._is_acknowledged()
        else:
            stars = str(values["stars"]) if "stars" in values else ""
            self._told(Say(name), stars or text.decode(self._template.charset, "replace"))
        return b""

    def _polled_now(self) -> bytes:
        frame = self._held or self._template.put("nothing", {"address": self.address}) or b""
        if self._held and not self._answered:
            self._held, self.acked = b"", True
        return frame
