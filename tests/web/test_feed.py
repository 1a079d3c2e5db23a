"""Pages of one room that come and go at the same moment: whoever is still there hears of everything."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import socketio
from hall_server import PATIENCE, HallServer, StartHall
from waiting import wait_until

PAGES = 12


class Screen:
    """A hall screen's connection, which puts the patches together as the page does."""

    def __init__(self, hall: HallServer) -> None:
        self.seq = -1
        self.waiting: dict[str, int] = {}
        self._client = socketio.Client(reconnection=False)
        self._client.on("snapshot", self._snapshot, namespace="/display")
        self._client.on("patch", self._patch, namespace="/display")
        self._client.connect(
            f"{hall.base}?display=hall",
            headers=hall.device("display"),
            namespaces=["/display"],
            transports=["websocket"],
            wait_timeout=PATIENCE,
        )

    def _snapshot(self, message: dict[str, object]) -> None:
        self._take(message["seq"], message["view"])

    def _patch(self, message: dict[str, object]) -> None:
        assert message["prev"] == self.seq, "a gap that nobody lost"
        self._take(message["seq"], message["set"])

    def _take(self, seq: object, changed: object) -> None:
        assert isinstance(changed, dict)
        self.seq = int(str(seq))
        if "waiting" in changed:
            self.waiting = {row["code"]: row["waiting"] for row in changed["waiting"]}

    def leave(self) -> None:
        self._client.disconnect()


@pytest.fixture
def hall(start_hall: StartHall) -> HallServer:
    return start_hall()


@pytest.fixture
def busy(hall: HallServer) -> Iterator[None]:
    """Numbers are taken all the while, so that looking at the hall means waiting for it."""
    enough = Event()

    def take() -> None:
        while not enough.is_set():
            hall.issue("company")

    with ThreadPoolExecutor(2) as threads:
        work = [threads.submit(take) for _ in range(2)]
        yield
        enough.set()
        for job in work:
            job.result()


@pytest.mark.usefixtures("busy")
def test_whoever_is_still_there_hears_of_everything(hall: HallServer) -> None:
    with ThreadPoolExecutor(PAGES) as threads:
        for _ in range(3):
            screens = list(threads.map(lambda _: Screen(hall), range(PAGES)))
            *gone, last = screens
            list(threads.map(lambda screen: screen.leave(), gone))
            before = last.waiting["tax"]
            hall.issue("tax")
            wait_until(lambda: last.waiting["tax"] == before + 1, "the last screen hears of the number")  # noqa: B023
            last.leave()
