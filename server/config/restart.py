"""What changed between two configurations, and what of it a running server cannot take up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from server.config.section import Mistake, Section
from server.config.settings import Settings
from server.hall.printing import window_printer
from server.told import told

_WHY = told("needs a restart")


def changed_sections(old: Settings, new: Settings) -> list[str]:
    """By their names in config.yaml, in its order."""
    return _changed(old, new)


def needs_restart(old: Settings, new: Settings) -> list[Mistake]:
    """(path, why) for each change that only a restart takes up."""
    paths = [
        *(f"hall.{field}" for field in _changed(old.hall, new.hall) if field in ("id", "time_zone")),
        *_printers(old, new),
        *_rows("pads", old.pads, new.pads),
        *_rows("keypads", old.keypads, new.keypads),
        *_rows("strips", old.strips, new.strips),
        *(f"server.{field}" for field in _changed(old.server, new.server)),
    ]
    return [(path, _WHY) for path in paths]


def _changed(old: Section, new: Section) -> list[str]:
    return [field for field in type(old).model_fields if getattr(old, field) != getattr(new, field)]


def _printers(old: Settings, new: Settings) -> Iterator[str]:
    """A kiosk or window itself may come and go; its printer is held by a worker of its own."""
    before = old.printers()
    kiosks = [(f"kiosks.{index}.printer", kiosk.id, kiosk.printer) for index, kiosk in enumerate(new.kiosks)]
    windows = [
        (f"windows.{index}.printer", window_printer(window.number), window.printer)
        for index, window in enumerate(new.windows)
    ]
    for path, name, printer in kiosks + windows:
        if printer != before.pop(name, None):
            yield path
    for name in before:
        yield "windows" if ":" in name else "kiosks"


def _rows(section: str, old: Sequence[Section], new: Sequence[Section]) -> Iterator[str]:
    """Devices that are held from the start to the end."""
    if len(old) != len(new):
        yield section
        return
    for index, (before, after) in enumerate(zip(old, new, strict=True)):
        yield from (f"{section}.{index}.{field}" for field in _changed(before, after))
