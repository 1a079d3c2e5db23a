"""What a hall screen's page was heard to say, by the audio graph's own log, and how the leader sees its speaker."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hall_server import HallServer
from playwright.sync_api import Page


def spoken(page: Page) -> list[dict[str, Any]]:
    log: list[dict[str, Any]] = page.evaluate("jiaohao.speaker.log")
    return log


def passes(page: Page) -> list[str]:
    """The orders in the sequence of speaking, each once."""
    return list(dict.fromkeys(line["order"] for line in spoken(page)))


def heard(page: Page) -> list[int]:
    """The calls in the order of speaking, each once, by their ids."""
    return list(dict.fromkeys(call_of(order) for order in passes(page)))


def call_of(order: str) -> int:
    return int(order.split(":")[1])


def readings(page: Page) -> list[tuple[int, int]]:
    """(call id, which reading of it)."""
    return [(call_of(order), int(order.rpartition("/")[2])) for order in passes(page)]


def wait_until_silent(page: Page, readings: int) -> None:
    """Until so many readings have sounded to their end."""
    page.wait_for_function(
        """(readings) => jiaohao.speaker.log.every((line) => line.ended !== null)
          && new Set(jiaohao.speaker.log.map((line) => line.order)).size >= readings""",
        arg=readings,
        timeout=60_000,
    )


def wait_until_speaking(page: Page) -> None:
    page.wait_for_function("() => jiaohao.speaker.log.some((line) => line.ended === null)", timeout=20_000)


def assert_no_overlap(log: list[dict[str, Any]]) -> None:
    """As the audio graph had it, which also says itself when each clip had sounded."""
    assert all(line["start"] + line["seconds"] <= following["start"] for line, following in pairwise(log))
    for line in log:
        assert line["start"] + line["seconds"] - 0.01 <= line["ended"] <= line["start"] + line["seconds"] + 0.25


def ids(hall: HallServer) -> list[int]:
    """The calls that are awaited, oldest first."""
    return [call["id"] for call in hall.call_api("GET", "board/hall").json()["fresh"]]


def speaker(hall: HallServer) -> tuple[str, str | None]:
    """How the leader sees the hall's speaker."""
    devices = hall.call_api("GET", "devices").json()["devices"]
    return next((device["state"], device["detail"]) for device in devices if device["kind"] == "speaker")
