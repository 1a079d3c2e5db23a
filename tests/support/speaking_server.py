"""A program: the server's end of speakers that are no pages, told over its standard input what to say.

`python speaking_server.py CONFIG` serves what an agent asks for and says every report with a JSON line:

    play ID CLIP,CLIP PAUSE   -> later {"order": ID, "phase": …, "reason": …}, each once
    drop                      -> the order in hand
    condition                 -> {"state": …, "reason": …}
"""

from __future__ import annotations

from gevent import monkey

monkey.patch_all()

import json  # noqa: E402
import sys  # noqa: E402
from dataclasses import asdict  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import gevent  # noqa: E402
from flask_openapi3 import OpenAPI  # noqa: E402

from display.sound.outlets import SoundOutlets  # noqa: E402
from display.sound.remote_api import sound_api  # noqa: E402
from display.speech.outlet import Order, Outlet, Report  # noqa: E402
from server.config import load_settings  # noqa: E402
from server.config.live import LiveSettings  # noqa: E402
from server.engine import HallEngine  # noqa: E402
from server.store.database import Database  # noqa: E402
from server.store.lease import lease_for  # noqa: E402
from server.voice import pages as voice  # noqa: E402
from server.web.accounts import Accounts  # noqa: E402
from server.web.context import Context  # noqa: E402
from server.web.devices import Devices  # noqa: E402
from server.web.errors import set_up_errors  # noqa: E402
from server.web.i18n import set_up_languages  # noqa: E402
from server.web.keypad_codes import KeypadCodes  # noqa: E402
from server.web.photos import Photos  # noqa: E402
from server.web.wsgi import listen, make_server  # noqa: E402


def say(**facts: Any) -> None:
    sys.stdout.write(json.dumps(facts) + "\n")
    sys.stdout.flush()


def tell(report: Report) -> None:
    say(**asdict(report))


def obey(outlet: Outlet, words: list[str]) -> None:
    match words:
        case ["play", order_id, clips, pause]:
            outlet.play(Order(order_id, tuple(clips.split(",")), False, float(pause), 1.0, order_id))
        case ["drop"]:
            outlet.drop()
        case ["condition"]:
            say(**asdict(outlet.condition))


def main() -> None:
    settings = load_settings(Path(sys.argv[1]))
    database = Database(settings.server.database)
    live = LiveSettings(settings)
    hall = HallEngine(settings.plan(), database, lease_for(database, settings.hall.id))
    sounds = SoundOutlets(hall, live)
    app = OpenAPI(__name__, static_folder=None)
    set_up_errors(app)
    set_up_languages(app)
    devices = Devices(database, settings.hall.id)
    accounts, photos = Accounts(database, settings.hall.id), Photos(database, settings.hall.id)
    codes = KeypadCodes(database, settings.hall.id, "salt")
    Context(hall, live, accounts, devices, photos, codes, []).put_into(app.extensions)
    app.register_blueprint(voice.pages)
    app.register_api(sound_api(sounds.agents))
    hall.start()
    hall.wait_until_serving()
    outlets = {speaker.id: sounds.of(speaker, tell) for speaker in settings.speakers}
    for outlet in outlets.values():
        outlet.start()
    make_server(listen(settings.server.host, settings.server.port), app).start()
    say(ready=True)
    while line := gevent.get_hub().threadpool.apply(sys.stdin.readline):
        name, *words = line.split()
        obey(outlets[name], words)


main()
