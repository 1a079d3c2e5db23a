"""Serve a hall with weeks of history, at half past four of a day on which too many came for its social insurance.

The hall's clock stands still there. Prints {base, kiosk} once waits are told; ends when its stdin does. `kiosk` is the
token of kiosk 1.
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402 — the patch comes first
import sys  # noqa: E402
from datetime import UTC, date, datetime, timedelta  # noqa: E402
from itertools import count  # noqa: E402
from pathlib import Path  # noqa: E402

import gevent  # noqa: E402
from gevent.os import tp_read  # noqa: E402

sys.path += [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from remembered import remember  # noqa: E402
from told_morning import CLERKS, ToldClock  # noqa: E402

from server.app import Application, create_app  # noqa: E402
from server.config import Settings, load_settings  # noqa: E402
from server.hall import commands as cmd  # noqa: E402
from server.hall.priority import ORDINARY  # noqa: E402
from server.store.database import Database  # noqa: E402
from server.trial.world import World  # noqa: E402
from server.web.accounts import Role  # noqa: E402
from server.web.devices import Devices, Kind  # noqa: E402
from server.web.wsgi import listen, make_server  # noqa: E402

FIRST, DAYS = date(2026, 11, 6), 11
HALF_PAST_FOUR = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
RATES = {"social-insurance": 12.0, "residence": 6.0, "tax": 5.0}


def world(settings: Settings) -> World:
    """Six minutes for everything, fewer citizens than the windows can serve."""
    plan = settings.plan(FIRST)
    usual = {(service, window): 6.0 for service in plan.services for window in plan.windows}
    rates = {service: {hour: rate for hour in (8, 9, 10, 15, 16)} for service, rate in RATES.items()}
    return World(name="remembered", plan=plan, usual=usual, rates=rates, scatter=0.3, missing=0.0)


def crowd(application: Application) -> None:
    """Twenty-one wait for two windows, three for the one of residence, nobody for the taxes' one."""
    hall = application.hall
    for window in (2, 3, 4, 6):
        hall.do(cmd.OpenWindow(window, CLERKS[window]))
    while not hall.waits.told("residence", ORDINARY):
        gevent.sleep(0.05)
    for service, many in (("social-insurance", 23), ("residence", 4)):
        for _ in range(many):
            hall.do(cmd.IssueTicket(service, wait=hall.waits.told(service, ORDINARY)))
    for window in (2, 3, 4):
        hall.do(cmd.CallNext(window, CLERKS[window].username))


def told(application: Application) -> bool:
    """Whether the forecast knows of the crowd, and which window to open for it."""
    waits = application.hall.waits
    return waits.hint is not None and waits.forecast is not None and waits.forecast.of("261123B004") is not None


def main(config: Path) -> None:
    settings = load_settings(config)
    database = Database(settings.server.database)
    database.prepare()
    remember(database, world(settings), FIRST, DAYS)
    clock, nonces = ToldClock(HALF_PAST_FOUR), count()
    application = create_app(settings, database, clock=clock, nonce=lambda: f"nonce{next(nonces)}")
    accounts = application.context.accounts
    accounts.add("leader", "pw12345", name="周明远", number="0001", post="副镇长", role=Role.LEADER)
    for clerk in CLERKS.values():
        accounts.add(clerk.username, "pw12345", name=clerk.name, number=clerk.number, post=clerk.post, role=Role.CLERK)
    kiosk = Devices(database, settings.hall.id).add(Kind.KIOSK, "1")
    listener = listen("127.0.0.1", 0)
    server = make_server(listener, application.flask)
    application.start()
    application.hall.wait_until_serving()
    while application.hall.waits.forecast is None:
        gevent.sleep(0.05)
    crowd(application)
    while not told(application):
        if application.hall.waits.forecast.at == clock():  # a hint is looked for once a minute
            clock.now += timedelta(seconds=61)
        gevent.sleep(0.05)
    server.start()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    print(json.dumps({"base": base, "kiosk": kiosk}), flush=True)  # noqa: T201
    while tp_read(0, 1):
        continue
    server.stop(timeout=1)
    application.stop()
    database.close()


main(Path(sys.argv[1]))
