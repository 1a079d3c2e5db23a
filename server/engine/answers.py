"""What was answered to each idempotency key, for as long as a button may be pressed again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import timedelta
from hashlib import blake2b
from itertools import takewhile
from typing import Any

from server.engine.errors import KeyReused
from server.hall.commands import Command
from server.store.journal import Answer

_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode
_RECKONED = frozenset({"until", "asked", "age", "reckoned", "wait"})
REMEMBERED = timedelta(hours=36)
"""Longer than a night: a kiosk that lost its line in the evening may ask again in the morning."""


def fingerprint(command: Command[Any]) -> str:
    """What a key was used for, as a hash: the journal must not keep what a command says of people.

    What the server reckons anew when a button is pressed again, times above all, is left out.
    """
    names = (field.name for field in fields(command) if field.name not in _RECKONED)  # type: ignore[arg-type]
    asked = ", ".join(repr(getattr(command, name)) for name in names)
    return f"{type(command).__name__}:{blake2b(asked.encode(errors='replace'), digest_size=16).hexdigest()}"


class Answers:
    """In memory, oldest first; the journal holds the same on disk."""

    def __init__(self) -> None:
        self._given: dict[str, tuple[str, int, Any]] = {}

    def load(self, answers: Iterable[Answer]) -> None:
        self._given = {a.key: (a.verb, a.at, json.loads(a.body)) for a in sorted(answers, key=lambda a: a.at)}

    def find(self, key: str, verb: str) -> tuple[bool, Any]:
        """(was it answered, the answer). Raises KeyReused when the key was used for another verb."""
        found = self._given.get(key)
        if found is None:
            return False, None
        if found[0] != verb:
            raise KeyReused(key)
        return True, found[2]

    def keep(self, key: str, verb: str, at: int, answer: Any) -> Answer:
        self._given[key] = (verb, at, answer)
        return Answer(key, verb, at, _ENCODE(answer))

    def forget_before(self, at: int) -> bool:
        """True when there was something to forget."""
        old = list(takewhile(lambda key: self._given[key][1] < at, self._given))
        for key in old:
            del self._given[key]
        return bool(old)
