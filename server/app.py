"""The composition: settings, database, engine, web base and the terminals become one running hall."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import gevent
from flask_openapi3 import Info, OpenAPI
from flask_socketio import SocketIO

from counter.terminal import open_terminal as open_counter
from display.terminal import open_terminal as open_display
from evaluator.terminal import open_terminal as open_evaluator
from kiosk.terminal import open_terminal as open_kiosk
from server.bulletin.terminal import open_terminal as open_bulletin
from server.config import Settings
from server.config.file import ConfigFile
from server.config.live import LiveSettings
from server.device.bus import Buses
from server.device_board.terminal import open_terminal as open_device_board
from server.engine import HallEngine
from server.engine.engine import Role, system_nonce
from server.engine.vote_days import VoteDays
from server.messages import ErrorOut
from server.report.terminal import open_terminal as open_report
from server.store.database import Database
from server.store.lease import lease_for
from server.terminal import Agent, Terminal
from server.voice import pages as voice
from server.web import config_api, login, pages, photo_page
from server.web.accounts import Accounts
from server.web.context import Context
from server.web.devices import Devices
from server.web.errors import bad_input, set_up_errors
from server.web.i18n import set_up_languages
from server.web.keypad_codes import KeypadCodes
from server.web.photos import Photos
from server.web.reloading import Reloading
from server.web.security import secret_key, set_up_security

_log = logging.getLogger(__name__)
_PING_INTERVAL = 5
_PING_TIMEOUT = 5
_ROLE_ROUND = 0.5

OpenTerminal = Callable[[HallEngine, LiveSettings], Terminal]
OpenTerminalOnBus = Callable[[HallEngine, LiveSettings, Buses], Terminal]
TERMINALS: tuple[OpenTerminal, ...] = (
    open_kiosk,
    open_report,
    open_device_board,
    open_bulletin,
)
TERMINALS_ON_BUS: tuple[OpenTerminalOnBus, ...] = (
    open_display,
    open_evaluator,
)
"""Those whose devices may share a serial line with another's. So may the counter's, which also needs the codes."""


@dataclass(slots=True)
class Application:
    """A hall ready to run. The agents work beside it while this process owns the hall."""

    flask: OpenAPI
    socketio: SocketIO
    hall: HallEngine
    context: Context
    _keeping: gevent.Greenlet[..., None] | None = None

    def start(self) -> None:
        self.hall.start()
        self._keeping = gevent.spawn(self._keep_agents)

    def stop(self) -> None:
        if self._keeping is not None:
            self._keeping.kill()
        self.hall.stop()

    @staticmethod
    def _stop(agent: Agent) -> None:
        """One that cannot end must not keep the others at their devices while somebody else owns the hall."""
        try:
            agent.stop()
        except Exception:  # noqa: BLE001 — the edge of each agent
            _log.exception("an agent did not stop")

    def _keep_agents(self) -> None:
        """Devices belong to the hall's owner: a process standing by must not print or listen to pads."""
        while True:
            self.hall.wait_until_serving()
            try:
                for agent in self.context.agents:
                    agent.start()
                while self.hall.role is not Role.STANDBY:
                    gevent.sleep(_ROLE_ROUND)
            finally:
                for agent in self.context.agents:
                    self._stop(agent)


def create_app(
    settings: Settings,
    database: Database,
    *,
    clock: Callable[[], datetime] | None = None,
    nonce: Callable[[], str] = system_nonce,
    file: ConfigFile | None = None,
) -> Application:
    """Compose one hall. Nothing runs before `start()`; several applications may live in one process.

    `file` is where the settings can be read again from while the hall runs.
    """
    live = LiveSettings(settings)
    hall_id = settings.hall.id
    hall = HallEngine(settings.plan(), database, lease_for(database, hall_id), clock=clock, nonce=nonce)
    flask = OpenAPI(
        __name__,
        info=Info(title="jiaohao 叫号", version="1"),
        doc_prefix="/api/v1",
        doc_url="/openapi.json",
        validation_error_status=400,
        validation_error_model=ErrorOut,
        validation_error_callback=bad_input,
        static_folder=None,
    )
    secret = secret_key(Path(settings.server.data))
    set_up_security(flask, secret)
    set_up_errors(flask)
    set_up_languages(flask)
    login.set_up_login(flask)
    socketio = SocketIO(
        flask,
        async_mode="gevent",
        ping_interval=_PING_INTERVAL,
        ping_timeout=_PING_TIMEOUT,
        manage_session=False,
    )
    agents: list[Agent] = [hall.waits, VoteDays(hall)]
    hall.subscribe(hall.waits.subscription())
    reloading = Reloading(hall, live, file) if file is not None else None
    if reloading is not None:
        hall.on_taking_over = reloading.take_over
    context = Context(
        hall,
        live,
        Accounts(database, hall_id),
        Devices(database, hall_id),
        Photos(database, hall_id),
        KeypadCodes(database, hall_id, secret),
        agents,
        reloading,
    )
    context.put_into(flask.extensions)
    flask.context_processor(lambda: {"revision": live.revision})
    flask.register_blueprint(pages.pages)
    flask.register_blueprint(photo_page.pages)
    flask.register_blueprint(voice.pages)
    flask.register_api(pages.api)
    flask.register_api(login.api)
    flask.register_api(config_api.api)
    buses = Buses()
    terminals = [open_terminal(hall, live) for open_terminal in TERMINALS]
    terminals += [open_on_bus(hall, live, buses) for open_on_bus in TERMINALS_ON_BUS]
    terminals.append(open_counter(hall, live, buses, context.codes))
    for terminal in terminals:
        _add(terminal, hall, flask, socketio, agents)
        for onlooker in terminal.onlookers:
            onlooker.ask = context.device_states
    return Application(flask, socketio, hall, context)


def _add(terminal: Terminal, hall: HallEngine, flask: OpenAPI, socketio: Any, agents: list[Agent]) -> None:
    flask.register_blueprint(terminal.blueprint)
    flask.register_api(terminal.api)
    for further in terminal.further_apis:
        flask.register_api(further)
    if terminal.agent_api is not None:
        flask.register_api(terminal.agent_api)
    flask.extensions.update(terminal.extensions)
    for namespace in terminal.namespaces:
        socketio.on_namespace(namespace)
    for subscription in terminal.subscriptions:
        hall.subscribe(subscription)
    agents.extend([*terminal.agents, *terminal.onlookers])
