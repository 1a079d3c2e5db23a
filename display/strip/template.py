"""Strips of other makers, described in a file: a template, which whoever writes it has tried or not. None is supported.

    header: "AA {address} BB 01 00"      hex bytes; {address} is the strip's address
    length: {width: 2, endian: big}      counts the bytes of the text, plus `bias`; leave it out if the frame has none
    charset: gbk                         gbk or utf-8
    fill: true                           spaces up to the strip's whole width, else the words alone, lines joined
    longest: 200                         bytes of text; more is cut off at a whole character
    checksum: {kind: xor8, start: 1}     see ChecksumField; over the bytes from `start` to the text's end
    tail: ""                             hex bytes after the checksum
    answer: "AA {address} BB 81"         the whole confirmation, at most 16 bytes; leave it out if it says nothing
    golden: [{address: 3, text: "A012", frame: "AA 03 …"}]

`golden` is at least one frame as the maker's document has it, whole: a template that does not make it is refused.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from display.strip.codec import NOTHING, DeafReader, Heard, StripReader
from display.strip.picture import Picture
from server.config.section import Section
from server.device.bus_line import LONGEST_ANSWER
from server.device.frames.fields import ChecksumField, LengthField
from server.device.template_file import read_template
from server.told import told

_SHIPPED: Final = Path(__file__).with_name("templates")
_ADDRESS: Final = "{address}"
_UNMISTAKABLE: Final = 3
"""Bytes."""
_Hex = Annotated[str, StringConstraints(pattern=r"^ *(([0-9A-Fa-f]{2}|\{address\}) *)*$")]


class GoldenFrame(Section):
    address: Annotated[int, Field(ge=0, le=255)]
    text: str
    frame: _Hex


class StripTemplate(Section):
    """The file's content; see the head of this module."""

    header: _Hex
    length: LengthField | None = None
    charset: Literal["gbk", "utf-8"] = "gbk"
    fill: bool = True
    longest: Annotated[int, Field(ge=1, le=1000)] = 200
    checksum: ChecksumField = ChecksumField()
    tail: _Hex = ""
    answer: _Hex | None = None
    golden: Annotated[tuple[GoldenFrame, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _carries_every_text(self) -> Self:
        """What a strip is told must never fail at the line: it is refused here."""
        if self.length is not None:
            for count in (0, self.longest):
                self.length.bytes_of(count)
        if self.answer is not None and len(_bytes(self.answer, 0)) > LONGEST_ANSWER:
            raise ValueError(told("an answer has at most %(most)s bytes", most=LONGEST_ANSWER))
        for golden in self.golden:
            made, wanted = self.frame(golden.address, golden.text), _bytes(golden.frame, golden.address)
            if made != wanted:
                raise ValueError(
                    told("golden: made %(made)s, not %(wanted)s", made=made.hex(" "), wanted=wanted.hex(" "))
                )
        return self

    def frame(self, address: int, text: str) -> bytes:
        """The frame that shows `text`."""
        data = text.encode(self.charset, "replace")[: self.longest].decode(self.charset, "ignore").encode(self.charset)
        frame = _bytes(self.header, address)
        if self.length is not None:
            frame += self.length.bytes_of(len(data))
        frame += data
        return frame + self.checksum.bytes_of(frame) + _bytes(self.tail, address)


class TemplateCodec:
    """See StripCodec."""

    def __init__(self, template: StripTemplate, address: int) -> None:
        self._template = template
        self._answer = None if template.answer is None else _bytes(template.answer, address)
        self._address = address

    @property
    def answers(self) -> bool:
        """See StripCodec.answers."""
        return bool(self._answer)

    @property
    def is_unmistakable(self) -> bool:
        """Whether its answer cannot be a part of another device's frame by chance, such as a lone 06."""
        return not self._answer or len(self._answer) >= _UNMISTAKABLE

    def show(self, address: int, picture: Picture) -> bytes:
        """See StripCodec.show."""
        text = "".join(picture.lines) if self._template.fill else picture.text
        return self._template.frame(address, text)

    def reader(self) -> StripReader:
        """See StripCodec.reader."""
        return _AnswerReader(self._answer, self._address) if self._answer else DeafReader()


class _AnswerReader:
    """Waits for one strip's confirmation, which is the same each time."""

    def __init__(self, answer: bytes, address: int) -> None:
        self._answer = answer
        self._address = address
        self._latest = b""

    def hear(self, byte: bytes) -> Heard:
        """See StripReader.hear."""
        self._latest = (self._latest + byte)[-len(self._answer) :]
        if self._latest != self._answer:
            return NOTHING
        self._latest = b""
        return Heard(len(self._answer), self._address)


def load_template(name: str) -> StripTemplate:
    """A file by its path, or one of those that come along by its name alone. Raises TemplateMistake."""
    return read_template(name, _SHIPPED, StripTemplate)


def _bytes(pattern: str, address: int) -> bytes:
    return bytes.fromhex(pattern.replace(_ADDRESS, f"{address:02X}"))
