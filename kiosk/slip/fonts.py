"""A Chinese font to draw with, found among the installed ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from PIL import ImageFont

from server.told import told

_FOLDERS: Final = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path("/System/Library/Fonts"),
    Path("C:/Windows/Fonts"),
)
# Best first: even figures and half-width Latin, as a printer's own font has them.
_FILES: Final = {
    False: ("NotoSansCJK-Regular.ttc", "NotoSansMonoCJKsc-Regular.otf", "NotoSansCJKsc-Regular.otf"),
    True: ("NotoSansCJK-Bold.ttc", "NotoSansMonoCJKsc-Bold.otf", "NotoSansCJKsc-Bold.otf"),
}
_ANY_WEIGHT: Final = ("wqy-microhei.ttc", "wqy-zenhei.ttc", "msyh.ttc", "simhei.ttf", "PingFang.ttc")
_FAMILIES: Final = ("Noto Sans Mono CJK SC", "WenQuanYi Micro Hei Mono", "WenQuanYi Zen Hei Mono")


class FontMissing(Exception):
    """No Chinese font is installed, so nothing can be drawn."""


@cache
def chinese_font(size: int, *, bold: bool) -> ImageFont.FreeTypeFont:
    """The best installed Chinese font at `size` dots. Raises FontMissing."""
    path, index = _face(bold)
    return ImageFont.truetype(str(path), size, index=index)


@cache
def _face(bold: bool) -> tuple[Path, int]:
    """File and face number; the bold face where there is one."""
    for path in _installed((*_FILES[bold], *_FILES[not bold], *_ANY_WEIGHT)):
        return path, _monospaced(path)
    raise FontMissing(told("no Chinese font found: install fonts-noto-cjk or fonts-wqy-microhei"))


def _installed(names: tuple[str, ...]) -> Iterator[Path]:
    files = {path.name: path for folder in _FOLDERS if folder.is_dir() for path in folder.rglob("*.[ot]t[fc]")}
    return (files[name] for name in names if name in files)


def _monospaced(path: Path) -> int:
    """The number of the preferred face in a collection, else its first."""
    index = 0
    while True:
        try:
            family = ImageFont.truetype(str(path), 24, index=index).getname()[0]
        except OSError:  # past the last face
            return 0
        if family in _FAMILIES:
            return index
        index += 1
