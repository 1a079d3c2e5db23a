"""Asking a hall over HTTP, again and again until it answers: a hall may be killed and started in the middle."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import urlsplit

import gevent
from gevent.queue import LifoQueue

from server.simulate.errors import HallGone

_TIMEOUT = 10.0
_FIRST_PAUSE = 0.02
_LONGEST_PAUSE = 0.5
_UNAVAILABLE = frozenset({429, 502, 503, 504})
"""Not refused, only not now: the same request with the same key will do."""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    cookies: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.status < 300

    @property
    def body(self) -> Any:
        return json.loads(self.text) if self.text else None

    @property
    def code(self) -> str:
        """The named error of a refusal."""
        try:
            return str(self.body["error"]["code"])
        except (ValueError, TypeError, KeyError):
            return str(self.status)


class _Line:
    """One keep-alive connection, to whichever of the addresses answers."""

    def __init__(self) -> None:
        self.base: str | None = None
        self.connection: HTTPConnection | None = None

    def to(self, base: str) -> HTTPConnection:
        if self.connection is None or self.base != base:
            self.close()
            parts = urlsplit(base)
            make = HTTPSConnection if parts.scheme == "https" else HTTPConnection
            self.base, self.connection = base, make(parts.netloc, timeout=_TIMEOUT)
        return self.connection

    def close(self) -> None:
        if self.connection is not None:
            self.connection.close()
        self.connection = None


class HttpClient:
    """At most `lines` requests at once. `bases` are servers of the same hall: who does not answer is left for the next.

    Raises HallGone when nobody has answered for `patience` seconds.
    """

    def __init__(self, bases: Sequence[str], lines: int, patience: float) -> None:
        self._bases = bases
        self._patience = patience
        self._place = 0
        self._lines: LifoQueue[_Line] = LifoQueue()
        for _ in range(lines):
            self._lines.put(_Line())
        self.requests = 0
        self.repeats = 0
        self.answered_at = time.monotonic()
        self.refusals: Counter[str] = Counter()

    def ask(self, method: str, path: str, headers: Mapping[str, str], body: Any = None) -> Answer:
        """The hall's answer, be it a refusal."""
        line = self._lines.get()
        try:
            answer = self._insist(line, method, path, headers, body)
        finally:
            self._lines.put(line)
        if not answer.ok:
            self.refusals[f"{answer.status} {answer.code}"] += 1
        return answer

    def _insist(self, line: _Line, method: str, path: str, headers: Mapping[str, str], body: Any) -> Answer:
        begun, pause = time.monotonic(), _FIRST_PAUSE
        while True:
            place = self._place
            try:
                answer = self._once(line, method, path, headers, body)
                if answer.status not in _UNAVAILABLE:
                    self.answered_at = time.monotonic()
                    return answer
                why = answer.code
            except (OSError, HTTPException) as error:
                line.close()
                why = str(error) or type(error).__name__
            if time.monotonic() - begun > self._patience:
                raise HallGone(f"{' and '.join(self._bases)} did not answer for {self._patience:.0f} s: {why}")
            if place == self._place:
                self._place = (place + 1) % len(self._bases)
            self.repeats += 1
            gevent.sleep(pause)
            pause = min(_LONGEST_PAUSE, pause * 1.5)

    def _once(self, line: _Line, method: str, path: str, headers: Mapping[str, str], body: Any) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        self.requests += 1
        connection = line.to(self._bases[self._place])
        connection.request(method, path, data, {"Content-Type": "application/json", **headers})
        response = connection.getresponse()
        text = response.read().decode()
        return Answer(response.status, text, tuple(response.headers.get_all("Set-Cookie") or ()))
