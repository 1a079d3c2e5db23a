"""What every answer and every changing request must satisfy."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from urllib.parse import urlsplit

from flask import Flask, Response, request

from server.told import told
from server.web.errors import Refused

_POLICY = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'self'"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_SHORTEST_SECRET = 32


class SecretError(Exception):
    """What sessions would be signed with is too short to be a secret; the message says where it stands."""


def set_up_security(app: Flask, secret: str) -> None:
    app.config.update(
        SECRET_KEY=secret,
        SESSION_COOKIE_NAME="jiaohao_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        MAX_CONTENT_LENGTH=64 * 1024,
    )
    app.before_request(_refuse_other_sites)
    app.after_request(_protect)


def _refuse_other_sites() -> None:
    """A browser says where a changing request comes from; programs with a token or a session of their own need not."""
    if request.method in _SAFE:
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if (origin and urlsplit(origin).netloc != request.host) or site not in ("same-origin", "none"):
        raise Refused(403, "cross_origin")


def _protect(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", _POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if request.path.startswith("/api/"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def secret_key(data: Path) -> str:
    """From JIAOHAO_SECRET_KEY, else from a file made once, readable by its owner alone. Raises SecretError."""
    given = os.environ.get("JIAOHAO_SECRET_KEY")
    if given is not None:
        return _long_enough(given, "JIAOHAO_SECRET_KEY")
    file = data / "secret"
    if not file.exists():
        data.mkdir(parents=True, exist_ok=True)
        _make_secret(file)
    return _long_enough(file.read_text(encoding="utf-8", errors="replace").strip(), str(file))


def _make_secret(file: Path) -> None:
    """Whole or not at all, whenever the power fails; what another process made meanwhile stays."""
    with NamedTemporaryFile("w", encoding="ascii", dir=file.parent, prefix="secret-") as made:
        made.write(secrets.token_hex(_SHORTEST_SECRET))
        made.flush()
        os.fsync(made.fileno())
        # A link, because a rename would replace the other process's secret.
        with suppress(FileExistsError):
            os.link(made.name, file)


def _long_enough(secret: str, source: str) -> str:
    if len(secret) < _SHORTEST_SECRET:
        raise SecretError(
            told(
                "%(source)s is shorter than %(least)s characters: give a longer one, or remove it",
                source=source,
                least=_SHORTEST_SECRET,
            )
        )
    return secret
