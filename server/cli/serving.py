"""Running one hall until a signal ends it."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import gevent
from gevent.event import Event

from server.app import Application, create_app
from server.cli.speakable import speakable
from server.cli.words import in_words, tell
from server.config import ConfigError, Settings, warnings
from server.config.file import ConfigFile
from server.engine import EngineError
from server.store.database import Database
from server.told import Told, told, told_of
from server.web.reloading import Reloading
from server.web.wsgi import listen, make_server

_log = logging.getLogger(__name__)
_GRACE = 5


class PortUnusable(Exception):
    """The address cannot be listened on; the message says why."""


class HallFailed(Exception):
    """The hall could not be served on; the message says why."""


def open_port(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes a free one. Raises PortUnusable."""
    try:
        return listen(host, port)
    except OSError as error:
        raise PortUnusable(
            told("cannot listen on %(host)s port %(port)s: %(why)s", host=host, port=port, why=_reason(error))
        ) from error


def serve_hall(
    settings: Settings,
    ready: Callable[[str, Application], None],
    prepare: Callable[[Application], None] = lambda application: None,
    listener: socket.socket | None = None,
    config_file: Path | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT, then finish the requests under way; SIGHUP reads `config_file` again.

    `prepare` runs once the database is there and before anything is served; `ready` gets the server's address once the
    port is open and, if this process is to own the hall, the hall can be asked. `listener` is given where the port is
    open already. Raises ConfigError for a wording without clips; PortUnusable, DatabaseError, SecretError, HallFailed.
    """
    if config_file is not None:
        speakable(settings, config_file)
    listener = listener or open_port(settings.server.host, settings.server.port)
    database = Database(settings.server.database)
    database.prepare()
    base = _address(settings.server.host, listener)
    file = _file(config_file, base) if config_file else None
    application = create_app(with_address(settings, base), database, file=file)
    for path, message in warnings(settings):
        _log.warning("%s: %s", path, in_words(message))
    prepare(application)
    server = make_server(listener, application.flask)
    ended = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        gevent.signal_handler(number, ended.set)
    if application.context.reloading is not None:
        gevent.signal_handler(signal.SIGHUP, _reload, application.context.reloading)
    application.start()
    gevent.spawn(_end_on_failure, application, ended)
    server.start()
    gevent.spawn(_announce, application, ready, base)
    ended.wait()
    server.stop(timeout=_GRACE)
    application.stop()
    database.close()
    if application.hall.failure is not None:
        raise HallFailed(told_of(application.hall.failure))


def _file(config_file: Path, base: str) -> ConfigFile:
    return ConfigFile(config_file, lambda loaded: with_address(speakable(loaded, config_file), base))


def _reload(reloading: Reloading) -> None:
    """On SIGHUP, with nobody to answer but the log."""
    try:
        changed = reloading.reload()
    except ConfigError as error:
        tell(told("the configuration stays as it was:\n%(mistakes)s", mistakes=told_of(error)), err=True)
    except EngineError as error:
        _log.error("the configuration stays as it was: %s", error.code)
    except Exception:  # noqa: BLE001 — the signal's outermost edge: what is raised here would end the server
        _log.exception("the configuration stays as it was")
    else:
        sections = ", ".join(changed) or told("nothing has changed")
        tell(told("reloaded: %(sections)s", sections=sections), err=True)


def _reason(error: OSError) -> Told:
    """In the system's words; gevent puts the address behind them, as a tuple."""
    is_name = isinstance(error, socket.gaierror)
    return told_of(error) if is_name or error.errno is None else told(os.strerror(error.errno))


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


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
