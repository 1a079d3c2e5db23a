"""Another plan for a hall in the middle of its day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from server.hall.plan import HallPlan
from server.hall.state import HallState
from server.hall.window import Window

_LENGTH = 16


def digest_of(plan: HallPlan) -> str:
    """A short name for what the plan says: the same in every process, another for every other plan."""
    said = json.dumps(_plain(plan), ensure_ascii=False, separators=(",", ":"))
    return sha256(said.encode()).hexdigest()[:_LENGTH]


def take_plan(state: HallState, plan: HallPlan) -> None:
    """Put `plan` in force. Windows keep who sits there, and the services that were set for today; their order is the
    plan's, as after a restart.
    """
    windows = {}
    for number, planned in plan.windows.items():
        window = windows[number] = state.windows.get(number) or Window(number, planned.services)
        if not window.services_set:
            window.services = planned.services
    state.plan, state.windows = plan, windows


def _plain(value: Any) -> Any:
    """Whatever a plan is made of, in an order of its own only where it has none."""
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return [[_plain(key), _plain(held)] for key, held in value.items()]
    if isinstance(value, AbstractSet):
        return sorted((_plain(member) for member in value), key=str)
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
