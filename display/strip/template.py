"""Strips of other makers, described in a file: a template, which whoever writes it has tried or not. None is supported.

    header: "AA {address} BB 01 00"      hex bytes; {address} is the strip's address
    length: {width: 2, endian: big}      counts the bytes of the text, plus `bias`; leave it out if the frame has none
    charset: gbk                         gbk or utf-8
    fill: true                           spaces up to the strip's whole width, else the words alone, lines joined
    longest: 200                         bytes of text; more is cut off at a whole character
    checksum: {kind: xor8, start: 1}     none, sum8, xor8 or crc16-modbus, over the bytes from `start` to the text's end
    tail: ""                             hex bytes after the checksum
    answer: "AA {address} BB 81"         the whole confirmation, at most 16 bytes; leave it out if it says nothing
    golden: [{address: 3, text: "A012", frame: "AA 03 …"}]

`golden` is at least one frame as the maker's document has it, whole: a template that does not make it is refused.
"""

from __future__ import annotations

from functools import reduce
from operator import xor
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

import yaml
from pydantic import Field, StringConstraints, ValidationError, model_validator

from display.strip.codec import NOTHING, DeafReader, Heard, StripReader
from display.strip.picture import Picture
from server.config.section import Section
from server.device.bus_line import LONGEST_ANSWER

_SHIPPED: Final = Path(__file__).with_name("templates")
_SUFFIX: Final = ".yaml"
_ADDRESS: Final = "{address}"
_UNMISTAKABLE: Final = 3
"""Bytes."""
_Hex = Annotated[str, StringConstraints(pattern=r"^ *(([0-9A-Fa-f]{2}|\{address\}) *)*$")]


class TemplateMistake(Exception):
    """A strip's template cannot be used; the text says why."""


class LengthField(Section):
    width: Literal[1, 2] = 1
    endian: Literal["big", "little"] = "big"
    bias: Annotated[int, Field(ge=-255, le=255)] = 0

    def bytes_of(self, count: int) -> bytes:
        """The field for `count` bytes of text. Raises ValueError when it does not fit."""
        biased = count + self.bias
        if not 0 <= biased < 256**self.width:
            raise ValueError(f"{biased} does not fit into a length of {self.width} bytes")
        return biased.to_bytes(self.width, self.endian)


class ChecksumField(Section):
    """`start`: the first byte that counts, from 0. `endian` is for two bytes."""

    kind: Literal["none", "sum8", "xor8", "crc16-modbus"] = "none"
    start: Annotated[int, Field(ge=0, le=64)] = 0
    endian: Literal["big", "little"] = "little"


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
            raise ValueError(f"an answer has at most {LONGEST_ANSWER} bytes")
        return self

    def frame(self, address: int, text: str) -> bytes:
        """The frame that shows `text`."""
        data = text.encode(self.charset, "replace")[: self.longest].decode(self.charset, "ignore").encode(self.charset)
        frame = _bytes(self.header, address)
        if self.length is not None:
            frame += self.length.bytes_of(len(data))
        frame += data
        return frame + _checksum(self.checksum, frame) + _bytes(self.tail, address)


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
    shipped = _SHIPPED / f"{name}{_SUFFIX}"
    file = shipped if "/" not in name and shipped.is_file() else Path(name)
    try:
        content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        template = StripTemplate.model_validate(content)
        for golden in template.golden:
            made, wanted = template.frame(golden.address, golden.text), _bytes(golden.frame, golden.address)
            if made != wanted:
                raise TemplateMistake(f"{file}: golden: made {made.hex(' ')}, not {wanted.hex(' ')}")
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise TemplateMistake(f"{file}: {where}: {first['msg']}") from error
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise TemplateMistake(f"{file}: {error}") from error
    return template


def _bytes(pattern: str, address: int) -> bytes:
    return bytes.fromhex(pattern.replace(_ADDRESS, f"{address:02X}"))


def _checksum(field: ChecksumField, frame: bytes) -> bytes:
    covered = frame[field.start :]
    match field.kind:
        case "none":
            return b""
        case "sum8":
            return bytes([sum(covered) % 256])
        case "xor8":
            return bytes([reduce(xor, covered, 0)])
        case "crc16-modbus":
            return _crc16_modbus(covered).to_bytes(2, field.endian)


def _crc16_modbus(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return value
