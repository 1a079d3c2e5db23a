"""IPP/1.1 messages as bytes (RFC 8010): what a print system is asked over HTTP, and what it answers. No I/O."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final

_VERSION: Final = b"\x01\x01"
_END: Final = 0x03
_FIRST_VALUE_TAG: Final = 0x10
_TEXT_TAGS: Final = range(0x41, 0x60)  # RFC 8010 §3.5.2: character strings
_LONGEST: Final = 0x7FFF


class IppError(ValueError):
    """Bytes that are no IPP message."""


class GroupTag(IntEnum):
    """What a group of attributes is about (RFC 8010 §3.5.1)."""

    OPERATION = 0x01
    JOB = 0x02
    PRINTER = 0x04


class ValueTag(IntEnum):
    """The kinds of values that we send or look at (RFC 8010 §3.5.2)."""

    INTEGER = 0x21
    BOOLEAN = 0x22
    ENUM = 0x23
    NAME = 0x42
    KEYWORD = 0x44
    URI = 0x45
    CHARSET = 0x47
    LANGUAGE = 0x48
    MIME_TYPE = 0x49


Content = int | bool | str | bytes


@dataclass(frozen=True, slots=True)
class Value:
    """`content` is an int, a bool or a str as the tag tells; bytes where the tag is of no interest to us."""

    tag: int
    content: Content


@dataclass(frozen=True, slots=True)
class Attribute:
    """`values` has one at least. The members of a collection are further values of it."""

    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Group:
    tag: int
    attributes: tuple[Attribute, ...] = ()

    def words(self, name: str) -> tuple[str, ...]:
        """The texts of an attribute; none when it is not there."""
        return tuple(content for content in self._contents(name) if isinstance(content, str))

    def number(self, name: str) -> int | None:
        """The first number of an attribute."""
        return next((content for content in self._contents(name) if isinstance(content, int)), None)

    def _contents(self, name: str) -> list[Content]:
        return [value.content for attribute in self.attributes if attribute.name == name for value in attribute.values]


@dataclass(frozen=True, slots=True)
class Message:
    """`code` is a request's operation or an answer's status; `data` is the document after it."""

    code: int
    request_id: int
    groups: tuple[Group, ...] = ()
    data: bytes = b""


def encode(message: Message) -> bytes:
    """The bytes of a message. Raises IppError for a text that is too long."""
    parts = [_VERSION, message.code.to_bytes(2, "big"), message.request_id.to_bytes(4, "big")]
    for group in message.groups:
        parts.append(bytes([group.tag]))
        parts += [_encoded(attribute) for attribute in group.attributes]
    return b"".join([*parts, bytes([_END]), message.data])


def decode(data: bytes) -> Message:
    """A message out of all its bytes, of any version of IPP. Raises IppError."""
    reader = _Reader(data)
    reader.take(len(_VERSION))
    code, request_id = reader.number(2), reader.number(4)
    groups: list[Group] = []
    while (tag := reader.number(1)) != _END:
        if tag >= _FIRST_VALUE_TAG:
            raise IppError("an attribute outside of any group")
        groups.append(Group(tag, _attributes(reader)))
    return Message(code, request_id, tuple(groups), reader.rest())


def _encoded(attribute: Attribute) -> bytes:
    """Every value but the first goes without the name."""
    names = (attribute.name, *[""] * (len(attribute.values) - 1))
    return b"".join(
        bytes([value.tag]) + _sized(name.encode()) + _sized(_content_bytes(value.content))
        for name, value in zip(names, attribute.values, strict=True)
    )


def _sized(data: bytes) -> bytes:
    if len(data) > _LONGEST:
        raise IppError(f"{len(data)} bytes are too long for a name or a value")
    return len(data).to_bytes(2, "big") + data


def _content_bytes(content: Content) -> bytes:
    match content:
        case bool():
            return bytes([content])
        case int():
            return content.to_bytes(4, "big", signed=True)
        case str():
            return content.encode()
    return content


def _attributes(reader: _Reader) -> tuple[Attribute, ...]:
    found: list[tuple[str, list[Value]]] = []
    while reader.peek() >= _FIRST_VALUE_TAG:
        tag = reader.number(1)
        name = _text(reader.sized())
        value = Value(tag, _content(tag, reader.sized()))
        if name:
            found.append((name, [value]))
        elif found:
            found[-1][1].append(value)
        else:
            raise IppError("a value without an attribute")
    return tuple(Attribute(name, tuple(values)) for name, values in found)


def _content(tag: int, data: bytes) -> Content:
    match tag:
        case ValueTag.INTEGER | ValueTag.ENUM:
            if len(data) != 4:
                raise IppError(f"a number of {len(data)} bytes")
            return int.from_bytes(data, "big", signed=True)
        case ValueTag.BOOLEAN:
            if data not in (b"\x00", b"\x01"):
                raise IppError("a truth value that is none")
            return data == b"\x01"
    return _text(data) if tag in _TEXT_TAGS else data


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise IppError(f"a text that is not UTF-8: {error}") from error


class _Reader:
    """What is left of the bytes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        if len(self._data) - self._at < size:
            raise IppError("cut off")
        self._at += size
        return self._data[self._at - size : self._at]

    def peek(self) -> int:
        """The next byte, which stays."""
        byte = self.number(1)
        self._at -= 1
        return byte

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def sized(self) -> bytes:
        size = self.number(2)
        if size > _LONGEST:
            raise IppError("a length below zero")
        return self.take(size)

    def rest(self) -> bytes:
        return self._data[self._at :]
