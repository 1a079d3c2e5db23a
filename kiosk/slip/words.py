"""What things are called on paper, in the language that the hall prints in."""

from __future__ import annotations

from typing import Protocol

from kiosk.view import class_name
from server.config import Settings
from server.config.guide import DocumentSettings
from server.hall.printing import printer_window


class _Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def name_en(self) -> str: ...


class Names:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._english = settings.printing.language == "en"

    def of(self, thing: _Named) -> str:
        return thing.name_en if self._english else thing.name

    def hall(self) -> str:
        return self.of(self._settings.hall)

    def service(self, code: str) -> str:
        return self.of(self._settings.service(code))

    def place(self, service: str) -> str:
        """Where its citizens wait."""
        known = self._settings.service(service)
        return known.place_en if self._english else known.place

    def documents(self, service: str) -> tuple[str, ...]:
        """What its guide says to bring; nothing without a guide."""
        guide = self._settings.service(service).guide
        return tuple(self._document(document) for document in guide.documents) if guide else ()

    def _document(self, document: DocumentSettings) -> str:
        """English falls back to the Chinese that it lacks."""
        if self._english and document.name_en:
            return f"{document.name_en} ({document.note_en})" if document.note_en else document.name_en
        return f"{document.name}（{document.note}）" if document.note else document.name

    def priority(self, code: str) -> str:
        """Of a class whose proof the window looks at; empty for the two that every hall has."""
        named = class_name(self._settings, code)
        return named["name_en" if self._english else "name"] if named else ""

    def printer(self, name: str) -> str:
        """The kiosk or window that has it."""
        number = printer_window(name)
        if number is not None:
            return self.of(self._settings.window(number))
        return next((self.of(kiosk) for kiosk in self._settings.kiosks if kiosk.id == name), "")
