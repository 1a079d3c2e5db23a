"""The contract between the server and a terminal: what a kiosk, display, counter, evaluator or report brings along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from flask import Blueprint
from flask_socketio import Namespace

from server.hall.events import Event, Recorded


class Agent(Protocol):
    """Something that works by itself beside the requests: a printer's worker, a pad's reader."""

    def start(self) -> None:
        """Begin; called once the hall can be asked. Must return at once."""

    def stop(self) -> None:
        """End promptly, leaving nothing half-said."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """Somebody who wants to know of committed events, in order. `kinds` empty: of all of them.

    `tell` runs in a greenlet of its own and may block it.
    """

    name: str
    tell: Callable[[Sequence[Recorded]], None]
    kinds: frozenset[type[Event]] = frozenset()


@dataclass(frozen=True, slots=True)
class Terminal:
    """What `open_terminal(hall, settings)` of each terminal package returns."""

    blueprint: Blueprint
    namespaces: tuple[Namespace, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    agents: tuple[Agent, ...] = field(default_factory=tuple)
    more_blueprints: tuple[Blueprint, ...] = ()
