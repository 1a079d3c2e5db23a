"""Three pads that speak only when asked and one that speaks by itself, on one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gevent
import pytest
from gevent.threadpool import ThreadPool
from pad_hall import CHEN, KEYS, WINDOW, StartPadHall, settings_with
from pad_templates import POLLED as TEMPLATE
from pad_templates import written
from polled_pads import POLLED, PolledRow

from evaluator.dialects import dialects
from evaluator.pad_agent import PadAgent
from evaluator.virtual_pad import VirtualPad
from server.config.devices import PadSettings
from server.device import chatter, poll_round
from server.device.bus import Buses
from server.device.frames.hallqueue import Frame
from server.engine import HallEngine
from server.hall.commands import FinishTicket, IssueTicket, OpenWindow, ServeDirectly
from server.hall.evaluation import Unheard
from server.hall.log import Row, from_row
from server.store import tables
from server.store.database import Database
from server.store.lease import lease_for

SERVICES = {1: "general", 2: "social-insurance", 3: "civil-affairs", 4: "residence"}
ASKED = (1, 2, 3)
BY_ITSELF = 4
SECONDS = 20


class Hall:
    def __init__(self, engine: HallEngine, agent: PadAgent, row: PolledRow) -> None:
        self.engine, self.agent, self.row = engine, agent, row
        self._threads = ThreadPool(2)

    def serve(self, window: int) -> None:
        self.engine.do(ServeDirectly(window, CHEN.username, SERVICES[window]))
        self.engine.do(FinishTicket(window, CHEN.username))

    def invite(self, window: int) -> None:
        """And the pad shows it, and has been asked since: a press counts from then on."""
        before = self.row.state()["invited"][window]
        self.serve(window)
        self.until(lambda: self.row.state()["invited"][window] == before + 1)
        self.ask_again(window)

    def ask_again(self, window: int) -> None:
        """Wait until a pad was asked, and has answered, once more."""
        asked = self.row.state()["asked"][window]
        self.until(lambda: self.row.state()["asked"][window] > asked + 1)

    def press(self, window: int, key: int) -> None:
        self._threads.apply(self.row.press, (window, key))

    def state(self, window: int) -> tuple[str, str | None]:
        found = next(state for state in self.agent.states() if state["window"] == window)
        return found["state"], found["reason"]

    def asked_ready(self) -> bool:
        return {self.state(window)[0] for window in ASKED} == {"ready"}

    def until(self, reached: Callable[[], bool]) -> None:
        with gevent.Timeout(SECONDS):
            while not reached():
                gevent.sleep(0.01)

    def stored(self, kind: str) -> list[Any]:
        rows = self.engine.query(lambda c: c.execute(tables.event.select().order_by(tables.event.c.seq)).all())
        events = [from_row(Row(**{name: row._mapping[name] for name in Row._fields})).event for row in rows]
        return [event for event in events if event.kind == kind]

    def votes(self) -> list[tuple[int, int]]:
        return [(vote.window, vote.level) for vote in self.stored("evaluation_voted")]


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    monkeypatch.setitem(dialects, POLLED.name, POLLED)
    monkeypatch.setattr(poll_round, "ABSENT_EVERY", 0.5)
    row = PolledRow([*ASKED], tmp_path / "line")
    row.start()
    pads = [PadSettings(window=window, link=str(tmp_path / "line"), address=window, keys=KEYS) for window in SERVICES]
    pads = [pad.model_copy(update={"dialect": POLLED.name}) if pad.window in ASKED else pad for pad in pads]
    settings = settings_with(*pads)
    database = Database(f"sqlite:///{tmp_path / 'hall.db'}")
    database.prepare()
    engine = HallEngine(settings.plan(), database, lease_for(database, settings.hall.id))
    agent = PadAgent(engine, settings, Buses())
    engine.subscribe(agent.subscription())
    engine.start()
    assert engine.wait_until_serving(SECONDS)
    for window in SERVICES:
        engine.do(OpenWindow(window, CHEN, several=True))
    agent.start()
    made = Hall(engine, agent, row)
    made.until(made.asked_ready)
    yield made
    agent.stop()
    engine.stop()
    row.stop()
    database.close()


def test_each_press_is_its_windows_vote_whoever_speaks_by_himself_in_between(hall: Hall) -> None:
    hall.until(lambda: hall.state(BY_ITSELF)[0] == "ready")
    hall.serve(BY_ITSELF)
    for window, key in zip(ASKED, (3, 2, 1), strict=True):
        hall.invite(window)
        hall.press(window, key)
    sending = gevent.spawn(_until_stored, hall)
    hall.until(lambda: len(hall.votes()) == len(SERVICES))
    sending.kill()
    assert sorted(hall.votes()) == [(1, KEYS[3]), (2, KEYS[2]), (3, KEYS[1]), (BY_ITSELF, KEYS[2])]
    hall.until(lambda: hall.row.state()["pressed"] == {})


def _until_stored(hall: Hall) -> None:
    """As a pad does that nobody has heard: where two spoke at once, neither was."""
    while True:
        hall.row.say(bytes(Frame(BY_ITSELF, 0x11, b"\x02")))
        gevent.sleep(0.5)


def test_an_answer_or_an_acknowledgement_that_is_lost_costs_no_vote_and_makes_no_second_one(hall: Hall) -> None:
    hall.invite(2)
    hall.row.lose_answers, hall.row.lose_acknowledgements = 2, 2
    hall.press(2, 3)
    hall.until(lambda: hall.row.state()["pressed"] == {})
    assert (hall.row.lose_answers, hall.row.lose_acknowledgements) == (0, 0)
    assert hall.votes() == [(2, KEYS[3])]
    assert hall.stored("press_ignored") == []


def test_a_pad_that_does_not_answer_is_told_of_and_holds_up_nobody(hall: Hall) -> None:
    hall.row.mute.add(1)
    hall.until(lambda: hall.state(1) == ("offline", "not_answering"))
    hall.serve(1)
    before = hall.row.state()["asked"]
    hall.invite(3)
    hall.press(3, 2)
    hall.until(lambda: hall.votes() == [(3, KEYS[2])])
    hall.until(lambda: all(hall.row.state()["asked"][window] > before[window] + 5 for window in (2, 3)))
    assert hall.row.state()["invited"][1] == 0
    hall.row.mute.clear()
    hall.until(lambda: hall.state(1) == ("ready", None))
    hall.until(lambda: hall.row.state()["invited"][1] == 1)  # it has heard nothing of the invitation
    hall.ask_again(1)
    hall.press(1, 3)
    hall.until(lambda: sorted(hall.votes()) == [(1, KEYS[3]), (3, KEYS[2])])


def test_what_a_pad_kept_from_before_the_invitation_is_nobodys_vote(hall: Hall) -> None:
    hall.row.mute.add(1)
    hall.until(lambda: hall.state(1)[0] == "offline")
    hall.press(1, 3)
    hall.serve(1)
    hall.row.mute.clear()
    hall.until(lambda: [event.unheard for event in hall.stored("press_ignored")] == [Unheard.BEFORE_INVITATION])
    hall.until(lambda: hall.row.state()["pressed"] == {})
    hall.ask_again(1)
    hall.press(1, 2)
    hall.until(lambda: hall.votes() == [(1, KEYS[2])])


def test_a_child_that_hammers_one_key_costs_the_pad_no_more_than_a_rest(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chatter, "SAME", 3)
    for _ in range(chatter.SAME + chatter.KEPT + 1):
        hall.press(1, 3)
        hall.until(lambda: hall.row.state()["pressed"] == {})  # also what is not written down is taken from it
        hall.ask_again(1)
    assert hall.state(1) == ("blocked", "chattering")
    monkeypatch.setattr(chatter, "QUIET", 1.0)
    hall.until(lambda: hall.state(1) == ("ready", None))
    unheard = [event.unheard for event in hall.stored("press_ignored")]
    assert unheard.count(Unheard.CHATTERING) == chatter.KEPT
    hall.invite(1)
    hall.press(1, 3)
    hall.until(lambda: hall.votes() == [(1, KEYS[3])])


def test_the_line_goes_and_comes_and_all_are_asked_again(hall: Hall) -> None:
    hall.row.unplug()
    hall.until(lambda: {state["state"] for state in hall.agent.states()} == {"offline"})
    hall.engine.do(IssueTicket("general"))
    hall.row.plug()
    hall.until(hall.asked_ready)
    hall.invite(2)
    hall.press(2, 3)
    hall.until(lambda: hall.votes() == [(2, KEYS[3])])


def test_a_polled_pad_that_a_template_describes_is_asked_and_heard(
    start_pad_hall: StartPadHall, tmp_path: Path
) -> None:
    file = written(tmp_path, TEMPLATE)
    pad = VirtualPad(WINDOW, 3, template=file, link=tmp_path / "maker", control=None)
    pad.start()
    device = PadSettings(window=WINDOW, link=pad.link, address=3, dialect="template", template=file)
    hall = start_pad_hall(device=device)
    hall.settled()
    hall.serve()
    assert hall.threads.apply(pad.wait_for, (), {"face": "please_evaluate", "timeout": SECONDS})
    heard = len(pad.state()["log"])
    hall.until(lambda: len(pad.state()["log"]) > heard + 2)  # it was asked since
    hall.threads.apply(pad.press, (2,))
    hall.until(lambda: [vote.level for vote in hall.stored("evaluation_voted")] == [4])
    hall.agent.stop()
    pad.stop()
