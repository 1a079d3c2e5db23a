"""The contract between the server and a terminal: what a kiosk, display, counter, evaluator or report brings along."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from flask import Blueprint
from flask_openapi3 import APIBlueprint
from flask_socketio import Namespace

from server.hall.events import Event, Recorded


class Agent(Protocol):
    """Something that works by itself beside the requests: a printer's worker, a pad's reader."""

    def start(self) -> None:
        """Begin; called once the hall can be asked. Must return at once."""

    def stop(self) -> None:
        """End promptly, leaving nothing half-said."""

    def states(self) -> list[dict[str, Any]]:
        """How its devices are: `{kind, id, state, reason, …}` for each.

        `ready` and `online` are well; `settling` and `unknown` pass; `offline` and `blocked` need a person.
        """


@runtime_checkable
class TakesBack(Protocol):
    """What an agent has besides, if it shuts devices out that say more than people can do with them."""

    def take_back(self, kind: str, name: str) -> bool | None:
        """Believe the device again; False: it gives no rest. None: no such device here."""


class Onlooker(Agent, Protocol):
    """An agent without devices of its own, which may ask after those of all the others."""

    ask: Callable[[], list[dict[str, Any]]]
    """The states of every device of the hall; set before it is started."""


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
    """What `open_terminal(hall, live)` of each terminal package returns.

    `blueprint` holds its pages and static files, `api` its part of `/api/v1`, `further_apis` what it has elsewhere
    there, `agent_api` that for agents on other PCs; `extensions` is what their requests find in the application under
    a name, such as a rate limiter.
    """

    blueprint: Blueprint
    api: APIBlueprint
    namespaces: tuple[Namespace, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    agents: tuple[Agent, ...] = ()
    agent_api: APIBlueprint | None = None
    further_apis: tuple[APIBlueprint, ...] = ()
    extensions: Mapping[str, object] = field(default_factory=dict)
    onlookers: tuple[Onlooker, ...] = ()
