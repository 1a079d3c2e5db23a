"""The screens' live views, and what their pages tell: whether they can sound, what they spoke, what they showed."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError

from display.messages import Shown, Sound, Spoke
from display.shown import Acknowledged
from display.speech.outlet import Report
from display.speech.page_voices import PageVoices
from server.config.live import LiveSettings
from server.engine import HallEngine
from server.hall.state import HallState
from server.messages import Message
from server.web.feed import Feed, Page, View

_log = logging.getLogger(__name__)
M = TypeVar("M", bound=Message)


class ScreenFeed(Feed):
    """What a page says of itself counts for itself alone; what makes no sense is passed over."""

    def __init__(
        self,
        hall: HallEngine,
        live: LiveSettings,
        admit: Callable[[], str],
        view: Callable[[HallState, str], View],
        voices: PageVoices,
    ) -> None:
        super().__init__("/display", hall, live, admit, view)
        self._voices = voices
        self.acknowledged = Acknowledged()

    def came(self, page: Page) -> None:
        if page.nonce:
            self._voices.of(page.room).came(page.nonce)

    def went(self, page: Page) -> None:
        # Its next connection may have come before this one was missed.
        if page.nonce and all(other.nonce != page.nonce for other in self.pages(page.room)):
            self._voices.of(page.room).went(page.nonce)
            self.acknowledged.forget(page.nonce)

    def on_sound(self, message: object = None) -> None:
        page, told = self._heard(Sound, message)
        if page is not None and told is not None:
            voice = self._voices.of(page.room)
            voice.sound(page.nonce, told.state == "running", told.missing, told.sounding)
            for order in told.begun:
                voice.has_begun(page.nonce, order)

    def on_spoke(self, message: object = None) -> None:
        page, told = self._heard(Spoke, message)
        if page is not None and told is not None:
            self._voices.of(page.room).spoke(page.nonce, Report(told.order, told.phase, told.reason))

    def on_shown(self, message: object = None) -> None:
        page, told = self._heard(Shown, message)
        if page is not None and told is not None:
            self.acknowledged.shown(page.nonce, (told.call, told.at), time.monotonic())

    def look(self, screen: str) -> None:
        """Note which call the screen's pages have been given to show by now."""
        newest = _newest_call(self.shown(screen))
        for page in self.pages(screen):
            if page.nonce:
                self.acknowledged.told(page.nonce, newest, time.monotonic())

    def is_blind(self, screen: str) -> bool:
        """Whether one of the screen's pages does not show the calls it is given."""
        now = time.monotonic()
        return any(self.acknowledged.is_blind(page.nonce, now) for page in self.pages(screen))

    def _heard(self, kind: type[M], message: Any) -> tuple[Page | None, M | None]:
        page = self.asking()
        if page is None or not page.nonce:
            return None, None
        try:
            return page, kind.model_validate(message)
        except ValidationError as error:
            _log.info("screen %s: a page's message cannot be read: %s", page.room, error)
            return None, None


def _newest_call(view: View | None) -> tuple[int, str] | None:
    fresh = view["fresh"] if view is not None else []
    return (fresh[-1]["id"], fresh[-1]["at"]) if fresh else None
