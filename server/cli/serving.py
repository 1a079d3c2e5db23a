"""Running one hall until a signal ends it."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable

import gevent
from gevent.event import Event

from server.app import Application, create_app
from server.config import Settings
from server.store.database import Database
from server.web.wsgi import listen, make_server

_GRACE = 5


class HallFailed(Exception):
    """The hall could not be served on; the message says why."""


def serve_hall(
    settings: Settings,
    ready: Callable[[str, Application], None],
    prepare: Callable[[Application], None] = lambda application: None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish the requests under way.

    `prepare` runs once the database is there and before anything is served; `ready` gets the server's address once the
    port is open and, if this process is to own the hall, the hall can be asked.
    """
    database = Database(settings.server.database)
    database.prepare()
    listener = listen(settings.server.host, settings.server.port)
    base = f"http://{settings.server.host}:{listener.getsockname()[1]}"
    application = create_app(with_address(settings, base), database)
    prepare(application)
    server = make_server(listener, application.flask)
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, ended.set)
    application.start()
    gevent.spawn(_end_on_failure, application, ended)
    server.start()
    gevent.spawn(_announce, application, ready, base)
    ended.wait()
    server.stop(timeout=_GRACE)
    application.stop()
    database.close()
    if application.hall.failure is not None:
        raise HallFailed(str(application.hall.failure))


def with_address(settings: Settings, base: str) -> Settings:
    """The settings with the address that phones are sent to: the configured one, else where the server listens."""
    server = settings.server.model_copy(update={"public_url": settings.server.public_url or base})
    return settings.model_copy(update={"server": server})


def _end_on_failure(application: Application, ended: Event) -> None:
    """A hall that cannot be served ends the process: whoever watches over it can then see that."""
    application.hall.failed.wait()
    ended.set()


def _announce(application: Application, ready: Callable[[str, Application], None], base: str) -> None:
    application.hall.wait_until_serving()
    # What is there by now stays: a full collection that walks over it would hold every request up.
    gc.collect()
    gc.freeze()
    ready(base, application)
