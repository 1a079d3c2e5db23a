"""Where the hall is, and what lets the simulation in."""

from __future__ import annotations

import json
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from server.simulate.errors import AccessMissing, RemoteHall


@dataclass(frozen=True, slots=True)
class Access:
    """`bases`: one server, or several of the same hall. `username` is a leader's, who alone may see the report; the
    `clerks` have the same password.
    """

    bases: tuple[str, ...]
    username: str
    password: str
    kiosk: str
    evaluator: str | None = None
    clerks: tuple[str, ...] = ()


def read_access(
    demo: str | None, *, bases: tuple[str, ...], clerks: tuple[str, ...] = (), **given: str | None
) -> Access:
    """What was given, and for the rest what `jiaohao demo --json` printed. Raises AccessMissing."""
    found = _of_demo(demo) if demo is not None else {}
    found |= {name: value for name, value in given.items() if value is not None}
    if not bases and "base" in found:
        bases = (found["base"],)
    missing = [f"--{name}" for name in ("username", "password", "kiosk") if not found.get(name)]
    missing += [] if bases else ["--base"]
    if missing:
        named = ", ".join(name.replace("--kiosk", "--kiosk-token") for name in missing)
        raise AccessMissing(f"give {named}, or --demo-json with what jiaohao demo --json printed")
    return Access(
        tuple(base.rstrip("/") for base in bases),
        found["username"],
        found["password"],
        found["kiosk"],
        found.get("evaluator"),
        clerks,
    )


def check_loopback(bases: tuple[str, ...], *, allow_remote: bool) -> None:
    """Raises RemoteHall: a simulated day leaves a hall full of numbers that nobody holds."""
    for base in bases:
        if not allow_remote and not _is_loopback(urlsplit(base).hostname or ""):
            raise RemoteHall(
                f"{base} is not on this machine: a simulated day gives numbers that nobody holds, calls them and "
                "votes, and all of that stays in the hall's records; with --allow-remote it is done all the same"
            )


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _of_demo(text: str) -> dict[str, Any]:
    try:
        about = json.loads(text)
        return {
            "base": about["base"],
            "username": about["login"]["username"],
            "password": about["login"]["password"],
            "kiosk": about["tokens"].get("kiosk"),
            "evaluator": about["tokens"].get("evaluator"),
        }
    except (ValueError, TypeError, KeyError, AttributeError):
        raise AccessMissing("this is not the line that jiaohao demo --json prints") from None
