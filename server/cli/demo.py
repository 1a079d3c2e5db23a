"""A whole hall on one machine: a virtual printer, pads, keypads and LED strips, and accounts to try them with."""

from __future__ import annotations

import json
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import click
import gevent

from server.app import Application
from server.cli.folder_lock import hold_folder
from server.cli.serving import open_port, serve_hall
from server.cli.virtual_devices import RunningDevice, VirtualDevices
from server.cli.virtual_lines import RunningLines, run_lines
from server.cli.words import in_words
from server.config import Settings
from server.told import tellable, told
from server.web.accounts import Role
from server.web.devices import ANY, Device, Kind

_HOST = "127.0.0.1"
_LOGIN = "demo"
_STAFF = {
    _LOGIN: ("陈晓兰", "0307", "社保医保经办岗", Role.LEADER),
    "liuwei": ("刘伟", "0301", "综合经办岗", Role.CLERK),
    "zhangmin": ("张敏", "0302", "社保医保经办岗", Role.CLERK),
    "huangzq": ("黄志强", "0304", "户籍经办岗", Role.CLERK),
    "hejing": ("何静", "0305", "不动产登记岗", Role.CLERK),
    "luowj": ("罗文杰", "0306", "税务经办岗", Role.CLERK),
}
_TAKEN = tellable("a demo is already running in %(folder)s: end it, or give this one a folder of its own with --data")
_PATIENCE = 10.0
_COLUMN = 14
_AWAITED = {"printer", "pad", "keypad", "strip"}
_READY = {"ready", "online"}


def run_demo(settings: Settings, port: int, data: Path, *, keep_hours: bool, as_json: bool) -> None:
    """Run until a signal ends it; a demo that was killed goes on where it was when started again in the same folder.

    Raises FolderTaken, PortUnusable, DeviceFailed or DatabaseError.
    """
    data = data.resolve()
    # The folder and the port first: a demo that cannot have them must not have touched the devices of one that has.
    with (
        hold_folder(data, "demo", _TAKEN),
        open_port(_HOST, port) as listener,
        VirtualDevices(data / "devices") as devices,
    ):
        _run(settings, listener, data, devices, keep_hours=keep_hours, as_json=as_json)


def _run(
    settings: Settings,
    listener: socket.socket,
    data: Path,
    devices: VirtualDevices,
    *,
    keep_hours: bool,
    as_json: bool,
) -> None:
    printer = devices.run(
        "printer", "kiosk.virtual_printer", "--port", "0", "--papers", str(data / "papers"), "--control", "0"
    )
    lines = run_lines(devices, data / "devices", settings)
    secret = _Secrets(data / "demo.json")
    changed = _with_devices(settings if keep_hours else settings.without_hours(), printer, lines, data)

    def prepare(application: Application) -> None:
        secret.register(application, changed)

    def ready(base: str, application: Application) -> None:
        _wait_for_devices(application)
        about = {
            "base": base,
            "login": {"username": _LOGIN, "password": secret.password},
            "tokens": secret.tokens,
            "papers": str(data / "papers"),
            "printer": {"control": printer.control},
            "pads": [{"window": window, "control": pad.control} for window, pad in lines.pads],
            "keypads": [{"window": window, "control": keypad.control} for window, keypad in lines.keypads],
            "codes": secret.codes,
            "strips": [{"window": window, "control": strip.control} for window, strip in lines.strips],
        }
        click.echo(json.dumps(about, ensure_ascii=False) if as_json else _for_people(about, changed))

    serve_hall(changed, ready, prepare, listener)


class _Secrets:
    """The demo's password, keypad codes and device tokens: made once, kept in a file for its owner's eyes only."""

    def __init__(self, file: Path) -> None:
        self._file = file
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            kept = {"password": secrets.token_hex(4), "tokens": {}}
        self.password: str = kept["password"]
        self.tokens: dict[str, str] = kept["tokens"]
        self.codes: dict[str, str] = kept.get("codes") or _codes()
        """What each account signs in with at a keypad."""

    def register(self, application: Application, settings: Settings) -> None:
        """Accounts and devices, as far as the database does not have them yet."""
        accounts, devices = application.context.accounts, application.context.devices
        if accounts.verify(_LOGIN, self.password) is None:
            for username, (name, number, post, role) in _STAFF.items():
                accounts.add(username, self.password, name=name, number=number, post=post, role=role)
        for username, code in self.codes.items():
            application.context.codes.give(username, code)
        kept, self.tokens = self.tokens, {}
        for kind, place in _places(settings).items():
            token = kept.get(kind.value)
            if token is None or devices.find(token) != Device(kind, place):
                token = devices.add(kind, place)
            self.tokens[kind.value] = token
        self._keep()

    def _keep(self) -> None:
        descriptor = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump({"password": self.password, "tokens": self.tokens, "codes": self.codes}, file)


def _codes() -> dict[str, str]:
    """Six digits for each account, no two alike."""
    codes = secrets.SystemRandom().sample(range(100_000, 1_000_000), len(_STAFF))
    return dict(zip(_STAFF, map(str, codes), strict=True))


def _places(settings: Settings) -> dict[Kind, str]:
    """What the demo has a token for. A kiosk's token is for one kiosk alone, so it is for the first."""
    everywhere = {Kind.DISPLAY: ANY, Kind.EVALUATOR: ANY}
    return {Kind.KIOSK: settings.kiosks[0].id, **everywhere} if settings.kiosks else everywhere


def _with_devices(
    settings: Settings,
    printer: RunningDevice,
    lines: RunningLines,
    data: Path,
) -> Settings:
    """The hall as configured, with the virtual devices in place of its own, and its data in the demo's folder."""
    link = f"tcp://127.0.0.1:{printer.ready['port']}"
    kiosks = tuple(
        kiosk.model_copy(update={"printer": kiosk.printer and kiosk.printer.model_copy(update={"link": link})})
        for kiosk in settings.kiosks
    )
    server = settings.server.model_copy(
        update={
            "host": _HOST,
            "public_url": None,
            "database": f"sqlite:///{data / 'jiaohao.db'}",
            "data": str(data),
        }
    )
    return settings.model_copy(
        update={
            "kiosks": kiosks,
            "pads": tuple(pad.model_copy(update={"link": lines.links[pad.link]}) for pad in settings.pads),
            "keypads": tuple(
                keypad.model_copy(update={"link": lines.links[keypad.link]}) for keypad in settings.keypads
            ),
            "strips": tuple(strip.model_copy(update={"link": lines.links[strip.link]}) for strip in lines.playable),
            "server": server,
        }
    )


def _wait_for_devices(application: Application) -> None:
    """Printers asked once, keys past the time in which a press would be of unknown age, strips told what to show."""
    with suppress(gevent.Timeout), gevent.Timeout(_PATIENCE):
        while any(s["kind"] in _AWAITED and s["state"] not in _READY for s in application.context.device_states()):
            gevent.sleep(0.05)


def _for_people(about: dict[str, Any], settings: Settings) -> str:
    base, tokens, login = about["base"], about["tokens"], about["login"]
    # Any window can have an evaluator on a screen; the one whose pad it stands in for is the one to compare it with.
    evaluated = next((pad.window for pad in settings.pads), settings.windows[0].number)
    username = login["username"]
    codes = in_words(told("%(username)s %(code)s + FUNC", username=username, code=about["codes"][username]))
    alone = in_words(told("in a private window: nobody rates beside a clerk's account"))
    rows = [
        *((told("kiosk %(id)s", id=k.id), f"{base}/kiosk/{k.id}?token={tokens['kiosk']}") for k in settings.kiosks[:1]),
        *(
            (told("screen %(id)s", id=d.id), f"{base}/display/{d.id}?token={tokens['display']}")
            for d in settings.displays
        ),
        (told("desk"), f"{base}/counter    {username} / {login['password']}"),
        (told("evaluator"), f"{base}/evaluator/{evaluated}?token={tokens['evaluator']}    {alone}"),
        (told("leader"), f"{base}/report    {username} / {login['password']}"),
        (told("papers"), about["papers"]),
        (told("printer"), about["printer"]["control"]),
        *((told("pad %(window)s", window=pad["window"]), pad["control"]) for pad in about["pads"]),
        *((told("keypad %(window)s", window=k["window"]), f"{k['control']}    {codes}") for k in about["keypads"]),
        *((told("strip %(window)s", window=strip["window"]), strip["control"]) for strip in about["strips"]),
    ]
    lines = [f"  {_column(in_words(name))}{value}" for name, value in rows]
    return "\n".join([f"{settings.hall.name} {base}", *lines, in_words(told("Ctrl-C ends it."))])


def _column(name: str) -> str:
    """The name and what is left of its column; a Chinese character takes two places of a terminal."""
    wide = sum(east_asian_width(sign) == "W" for sign in name)
    return name.ljust(_COLUMN - wide)
