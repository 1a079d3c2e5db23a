"""Golden vectors: frames known from a document or a working program, as data that each dialect is held to."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Final

import yaml
from pydantic import AfterValidator, Field

from evaluator.dialects.base import Dialect, KeyPressed, Say
from evaluator.dialects.pattern import STILL_THERE, UNKNOWN
from server.config.section import Section
from server.told import Told, at, told, told_of

_FOLDER: Final = Path(__file__).with_name("golden")
Byte = Annotated[int, Field(ge=0, le=255)]


def _hex(text: str) -> str:
    if UNKNOWN in text:
        raise ValueError(STILL_THERE)
    bytes.fromhex(text)
    return text


class Golden(Section):
    """One frame and what it says. `says`: press, acknowledge, poll, or a value of Say, which `text` belongs to."""

    says: str
    address: Byte | None = None
    key: Byte = 0
    serial: Byte | None = None
    text: str = ""
    frame: Annotated[str, AfterValidator(_hex)]

    @property
    def sent(self) -> bytes:
        """The whole frame."""
        return bytes.fromhex(self.frame)


def golden_vectors(name: str) -> list[Golden]:
    """Those of a dialect that comes along, by the dialect's name."""
    content = yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Golden.model_validate(one) for one in content]


def first_fault(dialect: Dialect, vectors: Iterable[Golden]) -> Told | None:
    """Where the dialect does not agree with its vectors: `INDEX: why`."""
    for index, golden in enumerate(vectors):
        wanted = golden.sent
        if golden.says == "press":
            pressed = KeyPressed(golden.address, golden.key, golden.serial)
            heard = dialect.decoder().receive(wanted)
            if list(heard) != [pressed]:
                return at(index, told("read %(read)s, not %(wanted)s", read=heard, wanted=pressed))
            continue
        try:
            made = _made(dialect, golden)
        except ValueError as error:
            return at(index, told_of(error))
        if made != wanted:
            there = made.hex(" ").upper() if made else told("nothing")
            return at(index, told("made %(made)s, not %(wanted)s", made=there, wanted=wanted.hex(" ").upper()))
    return None


def _made(dialect: Dialect, golden: Golden) -> bytes | None:
    """Raises ValueError for a frame of no such name."""
    address = golden.address or 0
    if golden.says == "acknowledge":
        return dialect.acknowledge(address, golden.key, golden.serial)
    if golden.says == "poll":
        return dialect.poll(address)
    return dialect.tell(address, Say(golden.says), golden.text)
