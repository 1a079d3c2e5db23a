"""Taking up a changed config.yaml while the hall runs: all of it or nothing."""

from __future__ import annotations

import logging

import gevent
from gevent.lock import BoundedSemaphore

from server.config import ConfigError
from server.config.file import ConfigFile
from server.config.live import LiveSettings
from server.config.restart import changed_sections, needs_restart
from server.engine import HallEngine
from server.engine.errors import PlanChanged

_log = logging.getLogger(__name__)


class Reloading:
    """One reload at a time."""

    def __init__(self, hall: HallEngine, live: LiveSettings, file: ConfigFile) -> None:
        self._hall = hall
        self._live = live
        self._file = file
        self._turn = BoundedSemaphore()

    def reload(self, staff: str | None = None) -> list[str]:
        """Read the file and go on with it; the sections that changed.

        Raises ConfigError with every mistake, EngineError when the hall cannot be asked; then nothing has changed.
        """
        with self._turn:
            # Parsing takes longer than anybody at a screen should wait for.
            settings = gevent.get_hub().threadpool.apply(self._file.load)
            old = self._live.now
            changed = changed_sections(old, settings)
            if not changed:
                return []
            plan = settings.plan()
            mistakes = needs_restart(old, settings) + self._hall.objections(plan)
            if mistakes:
                raise ConfigError(self._file.path, mistakes)
            try:
                self._hall.replan(plan, staff, then=lambda: self._live.replace(settings))
            except PlanChanged as error:
                # Used between the question and the hall's turn.
                raise ConfigError(self._file.path, error.objections) from error
            return changed

    def take_over(self) -> None:
        """Whoever takes a hall over goes on with the file as it is now, if that can be; else with what it had."""
        try:
            changed = self.reload()
        except ConfigError as error:
            _log.error("taking the hall over with the configuration of before: %s", error)
        else:
            if changed:
                _log.warning("taking the hall over with a changed configuration: %s", ", ".join(changed))
