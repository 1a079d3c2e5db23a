"""The folder where cut papers end up: NNNN.png as seen, NNNN.txt as read, NNNN.bin as received."""

from __future__ import annotations

import io
from pathlib import Path

from kiosk.virtual_printer.drawing import draw
from kiosk.virtual_printer.sheet import Sheet


class Archive:
    """Numbers papers on from what the folder holds. The .bin comes last: who sees it sees a complete paper."""

    def __init__(self, folder: Path, width_dots: int) -> None:
        self._folder = folder
        self._width_dots = width_dots
        folder.mkdir(parents=True, exist_ok=True)
        self._last = max((int(path.stem) for path in folder.glob("[0-9]*.bin") if path.stem.isdigit()), default=0)

    def keep(self, sheet: Sheet) -> Path:
        """Write one paper and answer its .bin. Raises FontMissing, OSError."""
        self._last += 1
        picture = io.BytesIO()
        draw(sheet, self._width_dots).save(picture, "PNG")
        self._write(".png", picture.getvalue())
        self._write(".txt", sheet.text().encode("utf-8"))
        return self._write(".bin", bytes(sheet.raw))

    def names(self) -> list[str]:
        """The papers' numbers ("0001"), newest first."""
        return sorted((path.stem for path in self._folder.glob("[0-9]*.bin")), reverse=True)

    def picture(self, name: str) -> bytes | None:
        """The picture of one paper; None when there is no such paper."""
        path = self._folder / f"{name}.png"
        return path.read_bytes() if name.isdigit() and path.is_file() else None

    def _write(self, suffix: str, data: bytes) -> Path:
        path = self._folder / f"{self._last:04d}{suffix}"
        part = path.with_suffix(suffix + ".part")
        part.write_bytes(data)
        return part.replace(path)
