"""The way from an agent on another PC to the server: JSON and files over HTTP, by the agent's token."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

_CONNECT_TIMEOUT = 3.0


class ServerAway(Exception):
    """No answer that could be used: whether the server has acted on the call is not known."""


class ServerRefuses(Exception):
    """The server has answered that it will not: `status` is the HTTP one, `code` the error's name."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}")
        self.status = status
        self.code = code


class ServerLink:
    """Calls from any greenlet, each on a connection of its own; connections are kept for the next call.

    `base` is the server's address, such as `https://hall.example/h/1`.
    """

    def __init__(self, base: str, token: str) -> None:
        self._parts = urlsplit(base)
        self._token = token
        self._idle: list[http.client.HTTPConnection] = []

    def call(self, path: str, body: dict[str, Any], timeout: float) -> dict[str, Any]:
        """POST to `/api/v1/<path>`; an answer of nothing is `{}`. Raises ServerAway or ServerRefuses."""
        status, content = self._request("POST", f"api/v1/{path}", json.dumps(body), timeout)
        try:
            answer = json.loads(content) if content else {}
        except ValueError as error:
            raise ServerAway(f"{status}, and no JSON: {error}") from error
        if not isinstance(answer, dict):
            raise ServerAway(f"{status}, and an answer that is no object")
        if status >= 500:
            raise ServerAway(f"{status} {_code(answer)}")
        if status >= 400:
            raise ServerRefuses(status, _code(answer))
        return answer

    def fetch(self, path: str, timeout: float) -> bytes:
        """GET a file. Raises ServerAway or ServerRefuses."""
        status, content = self._request("GET", path, None, timeout)
        if status >= 500:
            raise ServerAway(str(status))
        if status != http.client.OK:
            raise ServerRefuses(status, "error")
        return content

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def _request(self, method: str, path: str, body: str | None, timeout: float) -> tuple[int, bytes]:
        """(status, content). Raises ServerAway."""
        connection = self._idle.pop() if self._idle else self._open()
        try:
            return self._exchange(connection, method, path, body, timeout)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()  # the others are as dead as the one that showed it
            raise ServerAway(f"{type(error).__name__}: {error}") from error
        finally:
            # Also when the greenlet is killed in the middle: the server sees at once that nobody waits any more.
            if connection not in self._idle:
                connection.close()

    def _open(self) -> http.client.HTTPConnection:
        kind = http.client.HTTPSConnection if self._parts.scheme == "https" else http.client.HTTPConnection
        return kind(self._parts.hostname or "", self._parts.port, timeout=_CONNECT_TIMEOUT)

    def _exchange(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: str | None, timeout: float
    ) -> tuple[int, bytes]:
        if connection.sock is None:
            connection.connect()
        connection.sock.settimeout(timeout)
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        connection.request(method, f"{self._parts.path.rstrip('/')}/{path}", body, headers)
        with connection.getresponse() as response:
            content = response.read()
            keeps = not response.will_close
        if keeps:
            self._idle.append(connection)
        return response.status, content


def _code(answer: dict[str, Any]) -> str:
    """The error's name; a proxy's own page has none."""
    error = answer.get("error")
    return str(error.get("code")) if isinstance(error, dict) else "error"
