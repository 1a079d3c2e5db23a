"""Serve a hall that has lived through the busy morning. Prints {base} once ready; ends when its stdin does."""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402 — the patch comes first
import sys  # noqa: E402
from itertools import count  # noqa: E402
from pathlib import Path  # noqa: E402

from gevent.os import tp_read  # noqa: E402

sys.path += [str(Path(__file__).parents[1] / "support"), str(Path(__file__).parents[2])]

from told_morning import CLERKS, Morning, ToldClock  # noqa: E402

from server.app import create_app  # noqa: E402
from server.config import load_settings  # noqa: E402
from server.store.database import Database  # noqa: E402
from server.web.accounts import Role  # noqa: E402
from server.web.wsgi import listen, make_server  # noqa: E402


def main(config: Path) -> None:
    settings = load_settings(config)
    database = Database(settings.server.database)
    database.prepare()
    clock = ToldClock()
    nonces = count()
    application = create_app(settings, database, clock=clock, nonce=lambda: f"nonce{next(nonces)}")
    accounts = application.context.accounts
    accounts.add("leader", "pw12345", name="周明远", number="0001", post="副镇长", role=Role.LEADER)
    accounts.add("clerk", "pw12345", name="何静", number="0309", post="综合岗", role=Role.CLERK)
    for clerk in CLERKS.values():
        accounts.add(clerk.username, "pw12345", name=clerk.name, number=clerk.number, post=clerk.post, role=Role.CLERK)
    listener = listen("127.0.0.1", 0)
    server = make_server(listener, application.flask)
    application.start()
    application.hall.wait_until_serving()
    Morning(application.hall.do, application.hall.read, clock).busy_morning()
    clock.run()
    server.start()
    print(json.dumps({"base": f"http://127.0.0.1:{listener.getsockname()[1]}"}), flush=True)  # noqa: T201
    while tp_read(0, 1):
        continue
    server.stop(timeout=1)
    application.stop()
    database.close()


main(Path(sys.argv[1]))
