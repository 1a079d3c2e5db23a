"""Pads of other makers, described in a file: a template, which whoever writes it has tried or not. None is supported.

    frames:                              hex bytes and holes, see pattern.py; what is left out the pad has not
      press: "7E {address} 11 {key} {check} 0D"         what comes up; the only one that has to be there
      acknowledge: "7E {address} 06 {key} {check} 0D"   without it a press is sent but once
      ask: "7E {address} 01 {check} 0D"                 welcome, thank_you, pause, resume, cancel, beep
      number: "7E {address} 02 {length} {text} {check} 0D"       staff, voice; stars has {stars}
      poll: "7E {address} 05 {check} 0D"                such pads speak only when they are asked
      nothing: "7E {address} 15 {check} 0D"             what they answer then when nothing was pressed; goes with poll
    checksum: {kind: sum8, start: 1}     see ChecksumField; `start` counts from the frame's first byte
    length: {width: 1, bias: 4}          see LengthField
    escape: {byte: 0x7D, codes: {0x01: 0x7D, 0x02: 0x7E}}        see escape.py; leave it out if there is none
    charset: gbk                         gbk or utf-8, for {text}
    keys: {1: {word: 非常满意, level: 5}, …}               raw key to what is printed on it, and its level
    golden: [{says: press, address: 3, key: 1, frame: "7E 03 …"}]

`golden` is at least one press as the maker's document has it, whole: a template that does not read it is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import Field, StringConstraints, model_validator

from evaluator.dialects.base import Dialect, KeyPressed, PadEvent, Say
from evaluator.dialects.escape import Escape
from evaluator.dialects.golden import Golden, first_fault
from evaluator.dialects.pattern import LONGEST_TEXT, Pattern
from server.config.section import Section, Text
from server.device.frames.fields import ChecksumField, LengthField
from server.device.frames.garbage import Garbage
from server.device.hearing import Decoder, NothingPressed
from server.device.template_file import read_template
from server.told import at, told, told_of

_SHIPPED: Final = Path(__file__).with_name("templates")
_UNMISTAKABLE: Final = 3
"""Bytes of a press that are always the same or follow from the others: with fewer, noise is a press."""
FrameName = Literal[
    "press", "acknowledge", "poll", "nothing",
    "welcome", "ask", "thank_you", "pause", "resume", "cancel", "beep", "number", "staff", "stars", "voice",
]  # fmt: skip
UP: Final[tuple[FrameName, ...]] = ("press", "nothing")
_MAY: Final[Mapping[str, frozenset[str]]] = {
    **{name: frozenset({"address", "check"}) for name in get_args(FrameName)},
    "press": frozenset({"address", "check", "key", "serial"}),
    "acknowledge": frozenset({"address", "check", "key", "serial"}),
    "stars": frozenset({"address", "check", "stars"}),
    **{name: frozenset({"address", "check", "text", "length"}) for name in ("number", "staff", "voice")},
}
"""The holes that a frame may have."""


class TemplateKey(Section):
    word: Text
    level: Annotated[int, Field(ge=1, le=5)]


class PadTemplate(Section):
    """The file's content; see the head of this module."""

    checksum: ChecksumField = ChecksumField()
    length: LengthField = LengthField()
    escape: Escape | None = None
    charset: Literal["gbk", "utf-8"] = "gbk"
    frames: dict[FrameName, Annotated[str, StringConstraints(strip_whitespace=True)]]
    keys: Annotated[dict[Annotated[int, Field(ge=0, le=255)], TemplateKey], Field(min_length=1)]
    golden: Annotated[tuple[Golden, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _can_be_spoken(self) -> Self:
        if "press" not in self.frames:
            raise ValueError(told("frames.press: a pad without it cannot be pressed"))
        for name in self.frames:
            try:
                self._check(name)
            except ValueError as error:
                raise ValueError(at(f"frames.{name}", told_of(error))) from error
        if ("poll" in self.frames) != ("nothing" in self.frames):
            raise ValueError(told("frames.nothing: goes with frames.poll: only who answers so can be dated"))
        if not any(golden.says == "press" for golden in self.golden):
            raise ValueError(told("golden: at least one press, whole, from the maker's document"))
        if fault := first_fault(TemplateDialect(self), self.golden):
            raise ValueError(told("golden.%(fault)s", fault=fault))
        return self

    def _check(self, name: FrameName) -> None:
        pattern = self.pattern(name)
        if strange := sorted(pattern.holes - _MAY[name]):
            raise ValueError(told("{%(hole)s} has no place in it", hole=strange[0]))
        if self.escape is not None and any(len(part) != 2 for part in (pattern.parts[0], pattern.parts[-1])):
            raise ValueError(told("with an escape its first and last byte are fixed"))
        if "length" in pattern.holes:
            for count in (0, LONGEST_TEXT):
                self.length.bytes_of(count)
        if name in UP and pattern.fixed < _UNMISTAKABLE:
            raise ValueError(
                told("with fewer than %(least)s fixed or checksum bytes, noise is a press", least=_UNMISTAKABLE)
            )
        if name == "press" and "key" not in pattern.holes:
            raise ValueError(told("{key} is missing"))
        if name in UP:
            self._check_covered(pattern)

    def _check_covered(self, pattern: Pattern) -> None:
        if "check" not in pattern.holes:
            if self.checksum.kind != "none":
                raise ValueError(told("{check} is missing: the checksum would not be looked at"))
            return
        covered = range(self.checksum.start, pattern.place("check"))
        for hole in sorted({"address", "key", "serial"} & pattern.holes):
            if pattern.place(hole) not in covered:
                raise ValueError(told("the checksum does not cover {%(hole)s}", hole=hole))

    def pattern(self, name: FrameName) -> Pattern:
        """Raises ValueError, and KeyError for a frame that is not there."""
        return Pattern.parse(self.frames[name], self.checksum, self.length)

    def put(self, name: FrameName, values: Mapping[str, int], text: str = "") -> bytes | None:
        """The frame as it is sent; None when the pad has none such. Raises ValueError for what it cannot carry."""
        if name not in self.frames:
            return None
        # What does not fit is cut at a whole character.
        kept = text.encode(self.charset, "replace")[:LONGEST_TEXT].decode(self.charset, "ignore").encode(self.charset)
        frame = self.pattern(name).build(values, kept)
        return frame if self.escape is None else self.escape.put(frame)


class FrameFinder:
    """Finds a template's frames of some `names` in a stream: each is found with its last byte, whatever came before it,
    unless it overlaps one that ended earlier."""

    def __init__(self, template: PadTemplate, names: tuple[FrameName, ...]) -> None:
        patterns = {name: template.pattern(name) for name in names if name in template.frames}
        # Of two with the same end the longer one counts, and of two as long the one that says more of itself: where a
        # press of key 0 means that nothing was pressed, that is no press.
        self._patterns = sorted(patterns.items(), key=lambda one: (-one[1].longest, -one[1].fixed))
        self._escape = template.escape
        longest = max((pattern.longest for pattern in patterns.values()), default=1)
        self._longest = longest if template.escape is None else 2 * longest
        self._buffer = bytearray()

    @property
    def is_unfinished(self) -> bool:
        """Whether bytes wait for what belongs to them."""
        return bool(self._buffer)

    def hear(self, byte: int) -> tuple[Garbage | None, tuple[FrameName, dict[str, int], bytes, int] | None]:
        """What the next byte completes: bytes that belong to nothing, and a frame: name, holes, text, bytes sent."""
        self._buffer.append(byte)
        for start in range(max(0, len(self._buffer) - self._longest), len(self._buffer)):
            sent = bytes(self._buffer[start:])
            if found := self._read(sent):
                skipped = self.quiet(start)
                self._buffer.clear()
                return skipped, (*found, len(sent))
        # The younger half stays: a frame may still be growing in it.
        return self.quiet(self._longest) if len(self._buffer) == 2 * self._longest else None, None

    def quiet(self, count: int | None = None) -> Garbage | None:
        """The oldest `count` bytes, or all, given up."""
        skipped = bytes(self._buffer[:count])
        del self._buffer[:count]
        return Garbage(skipped, "no frame of the template") if skipped else None

    def disown(self, count: int) -> None:
        """The latest `count` bytes were another device's."""
        del self._buffer[max(0, len(self._buffer) - count) :]

    def _read(self, sent: bytes) -> tuple[FrameName, dict[str, int], bytes] | None:
        frame = sent if self._escape is None else self._escape.take(sent)
        if frame is None:
            return None
        for name, pattern in self._patterns:
            if (read := pattern.read(frame)) is not None:
                return name, *read
        return None


class TemplateDecoder:
    """What such pads say, as events."""

    def __init__(self, template: PadTemplate) -> None:
        self._finder = FrameFinder(template, UP)
        self.claimed = 0

    @property
    def is_unfinished(self) -> bool:
        """Whether a frame may be under way."""
        return self._finder.is_unfinished

    def receive(self, data: bytes) -> list[PadEvent]:
        """The events that `data` completes."""
        events: list[PadEvent] = []
        self.claimed = 0
        for byte in data:
            skipped, found = self._finder.hear(byte)
            self.claimed = 0
            if skipped is not None:
                events.append(skipped)
            if found is not None:
                name, values, _, self.claimed = found
                events.append(_event(name, values))
        return events

    def quiet(self) -> list[Garbage]:
        """Report and forget an unfinished frame."""
        left = self._finder.quiet()
        return [] if left is None else [left]

    def disown(self, count: int) -> None:
        """Forget another kind of device's frame."""
        self._finder.disown(count)


def _event(name: FrameName, values: Mapping[str, int]) -> PadEvent:
    if name == "press":
        return KeyPressed(values.get("address"), values["key"], values.get("serial"))
    return NothingPressed(values.get("address"))


@dataclass(frozen=True)
class TemplateDialect(Dialect):
    """A template as a dialect."""

    template: PadTemplate
    name: str = "template"

    @cached_property
    def keys(self) -> Mapping[int, str]:
        """As the template has them."""
        return {key: about.word for key, about in self._best_first}

    @cached_property
    def levels(self) -> Mapping[int, int]:
        """As the template has them."""
        return {key: about.level for key, about in self._best_first}

    @property
    def is_addressed(self) -> bool:
        """Whether a press says from which pad of the line it is."""
        return "address" in self.template.pattern("press").holes

    @property
    def _best_first(self) -> list[tuple[int, TemplateKey]]:
        return sorted(self.template.keys.items(), key=lambda one: -one[1].level)

    def decoder(self) -> Decoder[int]:
        """A fresh decoder for one line."""
        return TemplateDecoder(self.template)

    def acknowledge(self, address: int, key: int, serial: int | None = None) -> bytes | None:
        """The template's, with the key and serial if it has holes for them."""
        return self.template.put("acknowledge", {"address": address, "key": key, "serial": serial or 0})

    def poll(self, address: int) -> bytes | None:
        """The template's."""
        return self.template.put("poll", {"address": address})

    def tell(self, address: int, say: Say, text: str = "") -> bytes | None:
        """See Dialect.tell."""
        stars = int(text) if say is Say.STARS else 0
        return self.template.put(say.value, {"address": address, "stars": stars}, text)


def load_template(name: str) -> PadTemplate:
    """A file by its path, or one of those that come along by its name alone. Raises TemplateMistake."""
    return read_template(name, _SHIPPED, PadTemplate)
