"""The hall's public calls, as each of its terminals makes them. Every press has a key of its own."""

from __future__ import annotations

import json
import re
import uuid
from itertools import count
from typing import Any

from server.simulate.access import Access
from server.simulate.errors import HallRefused
from server.simulate.http_client import Answer, HttpClient

_API = "/api/v1/"
_VIEW = re.compile(r'<script type="application/json" id="view">(.*?)</script>', re.DOTALL)


class HallApi:
    """Kiosk, phone, evaluator, counter and report of one hall. Staff must have signed in first."""

    def __init__(self, client: HttpClient, access: Access) -> None:
        self.client = client
        self.has_evaluator = access.evaluator is not None
        self._access = access
        self._sessions: dict[str, str] = {}
        # Never the seed: the same day played twice is two days, and must not be answered with the first one's numbers.
        self._run = uuid.uuid4().hex
        self._presses = count(1)

    def sign_in(self, username: str) -> None:
        """Raises HallRefused."""
        body = {"username": username, "password": self._access.password}
        answer = self.client.ask("POST", f"{_API}login", {}, body)
        if not answer.ok:
            raise HallRefused(f"{username} cannot sign in: {answer.code}")
        self._sessions[username] = "; ".join(cookie.partition(";")[0] for cookie in answer.cookies)

    def kiosk(self, path: str, body: dict[str, Any]) -> Answer:
        return self._press(f"{_API}{path}", self._bearer(self._access.kiosk), body)

    def phone(self, path: str) -> Answer:
        """A page of the ticket's holder, who has nothing but its address."""
        return self._press(path, {}, {})

    def staff(self, path: str, body: dict[str, Any], username: str | None = None) -> Answer:
        """By the leader's account, or by a clerk's."""
        return self._press(f"{_API}{path}", self._session(username), body)

    def look(self, path: str) -> Any:
        """As the leader; raises HallRefused."""
        answer = self.client.ask("GET", f"{_API}{path}", self._session(None))
        if not answer.ok:
            raise HallRefused(f"the hall does not show {path} to {self._access.username}: {answer.code}")
        return answer.body

    def look_up(self, path: str) -> Any:
        """The same, or None where there is nothing."""
        answer = self.client.ask("GET", f"{_API}{path}", self._session(None))
        return answer.body if answer.ok else None

    def evaluation(self, window: int) -> dict[str, Any] | None:
        """What the evaluator at the window asks now, as its page is given it."""
        answer = self.client.ask("GET", f"/evaluator/{window}", self._bearer(self._access.evaluator or ""))
        found = _VIEW.search(answer.text) if answer.ok else None
        asked: dict[str, Any] | None = json.loads(found[1])["evaluation"] if found else None
        return asked

    def vote(self, token: str, level: int | None) -> Answer:
        headers = self._bearer(self._access.evaluator or "")
        return self._press(f"{_API}evaluations", headers, {"token": token, "level": level})

    def _press(self, path: str, headers: dict[str, str], body: dict[str, Any]) -> Answer:
        key = f"{self._run}-{next(self._presses)}"
        return self.client.ask("POST", path, {**headers, "Idempotency-Key": key}, body)

    def _session(self, username: str | None) -> dict[str, str]:
        return {"Cookie": self._sessions[username or self._access.username]}

    def _bearer(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}"}
