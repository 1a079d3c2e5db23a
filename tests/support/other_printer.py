"""A receipt printer that nobody here wrote: emupos from PyPI, asked what it makes of our bytes.

It is written for Python 3.13 and, but for two spellings, runs on an older one: those are respelled on import.
"""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import io
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from types import ModuleType
from typing import Any

import yaml
from PIL import Image

_ALIAS = re.compile(r"^type (\w+) = ", re.MULTILINE)
_GENERIC = re.compile(r"^def (\w+)\[(\w+)\]\(", re.MULTILINE)


class _Respelled(importlib.machinery.SourceFileLoader):
    def source_to_code(self, data: Any, path: Any, *, _optimize: int = -1) -> Any:
        source = _ALIAS.sub(r"\1 = ", bytes(data).decode("utf-8"))
        source = _GENERIC.sub(r"\2 = __import__('typing').TypeVar('\2')\n\ndef \1(", source)
        return super().source_to_code(source.encode("utf-8"), path)


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] != "emupos":
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None and spec.origin is not None:
            spec.loader = _Respelled(spec.name, spec.origin)
        return spec


if sys.version_info < (3, 12):
    sys.meta_path.insert(0, _Finder())

from emupos.config import PrinterProfile  # noqa: E402
from emupos.printer.escpos import status  # noqa: E402
from emupos.printer.escpos.model import PrintModel  # noqa: E402
from emupos.printer.escpos.tokenizer import Command, Tokenizer  # noqa: E402

__all__ = ["Reading", "read", "status"]

_HANDLED_BY_ITS_DEVICE = frozenset(("GS V", "GS a", "GS r", "GS I", "ESC p", "DLE EOT", "GS ("))


@dataclass(frozen=True)
class Reading:
    """What it printed: `lines` from the top, ink as a picture without margins, and what it did not know."""

    lines: list[str]
    ink: Image.Image
    unknown: list[str]


def read(data: bytes, *, width_dots: int = 576) -> Reading:
    """Let it print `data` up to the end. It reads no Chinese: bytes are CP437 there, from which nothing is lost."""
    file = resources.files("emupos") / "profiles" / "printers" / "epson-tm-t20iii.yaml"
    profile = PrinterProfile.model_validate(yaml.safe_load(file.read_text("utf-8")) | {"width_dots": width_dots})
    model, tokenizer, unknown = PrintModel("other", profile), Tokenizer(), []
    for token in tokenizer.feed(data):
        if not isinstance(token, Command) or token.name not in _HANDLED_BY_ITS_DEVICE:
            unknown += [str(event.data["bytes"]) for event in model.process(token)]
    rest = tokenizer.close()
    unknown += [] if rest is None else [rest.raw.hex(" ")]
    receipt = model.finish("cut")
    assert receipt is not None, "it printed nothing"
    lines = receipt.text.splitlines()
    return Reading(
        [line if line.startswith("[") else line.encode("cp437").decode("gb18030") for line in lines],
        Image.open(io.BytesIO(receipt.png)),
        unknown,
    )
