"""Pads on another PC: every press that was thanked for counts once, for whom it was made, or is kept with a reason."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hall_server import PATIENCE
from waiting import wait_until

from evaluator.session import Sign
from server.device.durable import write_anew

from .pad_site import ABROAD, KEYS, NEIGHBOUR, WINDOW, PadSite, letter, passes

LATER = 3.0
"""Seconds from a press to the next citizen's start, in which any message arrives."""


@pytest.fixture(scope="module")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PadSite]:
    made = PadSite(tmp_path_factory.mktemp("site"))
    yield made
    made.close()


@pytest.fixture
def site(shared_site: PadSite) -> PadSite:
    shared_site.ready()
    return shared_site


def test_a_press_there_is_stored_with_whom_it_is_about_and_the_citizen_is_thanked(site: PadSite) -> None:
    before = site.heard()
    ticket = site.serve()
    site.press(2)
    (press,) = site.hears(before)
    assert (press.ticket, press.key, press.level, press.unheard) == (ticket, 2, KEYS[2], None)
    assert press.pressed_at is not None
    assert press.pressed_at <= press.at
    assert site.pad.wait_for(showing="欢迎")


def test_two_pads_on_one_line_there_do_not_take_each_others_presses(site: PadSite) -> None:
    first, second = site.heard(), site.heard(NEIGHBOUR)
    tickets = site.serve(), site.serve(NEIGHBOUR)
    site.press(1, NEIGHBOUR)
    site.press(3)
    (here,), (beside,) = site.hears(first), site.hears(second, window=NEIGHBOUR)
    assert (here.ticket, here.level) == (tickets[0], KEYS[3])
    assert (beside.ticket, beside.level) == (tickets[1], KEYS[1])


def test_a_press_that_nobody_asked_for_is_kept_and_counts_for_nobody(site: PadSite) -> None:
    before = site.heard()
    ticket = site.serve()
    site.press(1)
    assert site.pad.wait_for(showing="欢迎")
    site.press(3)
    _, second = site.hears(before, 2)
    assert (second.ticket, second.level, second.unheard) == (ticket, KEYS[3], "already_voted")


def test_a_pause_shows_there_until_the_clerk_is_back(site: PadSite) -> None:
    site.server.post(f"windows/{WINDOW}/pause", {"reason": "设备检修"})
    assert site.pad.wait_for(showing="暂停服务")
    site.server.post(f"windows/{WINDOW}/reopen")
    assert site.pad.wait_for(showing="欢迎")


def test_a_press_while_the_line_is_cut_reaches_its_ticket_and_the_next_citizen_is_asked_too(site: PadSite) -> None:
    before = site.heard()
    first = site.serve()
    site.line.cut()
    site.press(1)
    passes(LATER)
    second = site.finish()
    assert site.heard() == before
    site.line.mend()
    (late,) = site.hears(before)
    assert (late.ticket, late.level) == (first, KEYS[1])
    assert late.pressed_at is not None
    assert (late.at - late.pressed_at).total_seconds() >= LATER
    site.asks()
    site.press(3)
    _, timely = site.hears(before, 2)
    assert (timely.ticket, timely.level) == (second, KEYS[3])


def test_a_press_after_the_next_citizen_started_is_kept_as_late(site: PadSite) -> None:
    """The pad still asked, because its PC had not heard of the next one."""
    before = site.heard()
    first = site.serve()
    site.line.cut()
    second = site.start()
    site.press(2)
    site.server.post(f"windows/{WINDOW}/finish")
    site.line.mend()
    (late,) = site.hears(before)
    assert (late.ticket, late.level, late.unheard) == (first, KEYS[2], "late")
    site.asks()
    site.press(3)
    assert [press.ticket for press in site.hears(before, 2)] == [first, second]


def test_a_press_for_what_that_pc_had_not_heard_of_counts_for_nobody(site: PadSite) -> None:
    site.serve()
    site.press(3)
    assert site.pad.wait_for(showing="欢迎")
    before = site.heard()
    site.line.cut()
    site.finish()
    site.press(2)
    site.line.mend()
    (kept,) = site.hears(before)
    assert (kept.level, kept.unheard) == (KEYS[2], "before_invitation")
    site.asks()


def test_while_it_is_away_its_pads_are_offline(site: PadSite) -> None:
    assert site.state_of(ABROAD)[0] in ("unknown", "offline")
    site.line.cut()
    site.becomes("offline", "agent_away")
    site.line.mend()
    site.becomes("ready", None)


def test_a_pulled_cable_there_shows_here(site: PadSite) -> None:
    site.pads[NEIGHBOUR].unplug()
    wait_until(lambda: site.state_of(NEIGHBOUR)[0] == "offline", "the pad is offline")
    assert site.state_of(NEIGHBOUR)[1] != "agent_away"
    site.pads[NEIGHBOUR].plug()
    site.becomes("ready", None, NEIGHBOUR)


def test_every_press_is_accounted_for_whatever_is_killed(site: PadSite) -> None:
    """The agent, and the server, at the moment when the pad has its word."""
    before = site.heard()
    tickets = []
    for kill in (site.agent.kill, site.server.kill):
        tickets.append(site.serve())
        site.press(2)
        kill()
        site.ready()
    heard = site.hears(before, len(tickets))
    assert [(press.ticket, press.level, press.unheard) for press in heard] == [(one, KEYS[2], None) for one in tickets]


def test_an_answer_that_is_lost_loses_and_doubles_no_press(site: PadSite) -> None:
    before = site.heard()
    ticket = site.serve()
    site.line.cut_after(b"/letters ")
    site.press(1)
    assert site.line.was_cut.wait(PATIENCE)
    site.line.mend()
    site.press(2)
    counted, second = site.hears(before, 2)
    assert (counted.ticket, counted.key, counted.unheard) == (ticket, 1, None)
    assert (second.ticket, second.key, second.unheard) == (ticket, 2, "already_voted")


def test_a_press_is_told_by_the_next_life_of_a_killed_agent(site: PadSite) -> None:
    before = site.heard()
    first = site.serve()
    site.line.cut()
    site.press(1)
    site.agent.kill()
    passes(LATER)
    site.start()
    assert site.heard() == before
    site.line.mend()
    site.agent.connect()
    (press,) = site.hears(before)
    assert (press.ticket, press.level, press.unheard) == (first, KEYS[1], None)
    site.server.post(f"windows/{WINDOW}/finish")
    site.asks()


def test_a_press_while_the_server_is_down_reaches_its_ticket(site: PadSite) -> None:
    before = site.heard()
    ticket = site.serve()
    site.server.kill()
    site.press(2)
    site.press(3)
    site.server.start()
    counted, second = site.hears(before, 2)
    assert (counted.ticket, counted.level, counted.unheard) == (ticket, KEYS[2], None)
    assert (second.ticket, second.unheard) == (ticket, "already_voted")


def test_an_agent_that_starts_before_its_server_goes_on_with_its_pads_and_the_hall_judges(site: PadSite) -> None:
    """At one window the citizen is still asked; at the other the next one came while the agent was dead."""
    before, beside = site.heard(), site.heard(NEIGHBOUR)
    asked, gone = site.serve(), site.serve(NEIGHBOUR)
    site.knows(Sign.ASK, WINDOW, NEIGHBOUR)
    site.agent.kill()
    site.start(NEIGHBOUR)
    site.server.kill()
    site.starts_alone(WINDOW, NEIGHBOUR, says="asked for an evaluation")
    site.press(2)
    site.press(3, NEIGHBOUR)
    site.press(1)
    site.server.start()
    counted, again = site.hears(before, 2)
    (late,) = site.hears(beside, window=NEIGHBOUR)
    assert (counted.ticket, counted.level, counted.unheard) == (asked, KEYS[2], None)
    assert (again.ticket, again.key, again.unheard) == (asked, 1, "already_voted")
    assert (late.ticket, late.level, late.unheard) == (gone, KEYS[3], "late")


def test_a_pc_that_was_started_anew_before_the_server_asks_nobody_and_keeps_presses(site: PadSite) -> None:
    """Nobody knows how long the power was off, and who is at the window now."""
    before = site.heard()
    ticket = site.serve()
    site.knows(Sign.ASK, WINDOW)
    site.agent.kill()
    site.server.kill()
    known = site.memory.read()
    assert known is not None
    write_anew(site.known, [known.model_copy(update={"boot": "b" * 36}).model_dump_json()])
    site.starts_alone(WINDOW, says="idle")
    site.press(2)
    site.server.start()
    (kept,) = site.hears(before)
    assert (kept.ticket, kept.level, kept.unheard) == (ticket, KEYS[2], "before_invitation")
    site.asks()
    site.press(3)
    assert [press.level for press in site.hears(before, 2) if press.unheard is None] == [KEYS[3]]


def test_a_leader_takes_a_pad_there_back_once_it_rests(site: PadSite) -> None:
    with site.sticking(3):
        site.becomes("blocked", "chattering")
        assert site.is_offered()
        refused = site.take_back()
        assert (refused.status_code, refused.json()["error"]["code"]) == (409, "still_chattering")
    wait_until(lambda: site.take_back().status_code == 204, "it gives rest, and is taken back", PATIENCE)
    assert (site.state_of(WINDOW), site.is_offered()) == (("ready", None), False)
    before, ticket = site.heard(), site.serve()
    site.press(2)
    (press,) = site.hears(before)
    assert (press.ticket, press.level, press.unheard) == (ticket, KEYS[2], None)


def test_a_pad_whose_pc_is_away_cannot_be_taken_back(site: PadSite) -> None:
    refused = site.take_back(ABROAD)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "agent_away")


def test_what_is_delivered_twice_and_out_of_order_happens_once(site: PadSite) -> None:
    ticket, before = site.finish(ABROAD), site.heard(ABROAD)
    asked, boot = site.server.evaluation_token(ABROAD), "b" * 16
    first, second = letter(1, asked, 100.0, boot=boot, key=1), letter(2, asked, 100.0, boot=boot, key=2)
    for turn, letters in enumerate(([first], [first, second], [second], [first], [first, second])):
        answer = site.ask("west", "letters", letters=letters, now={"boot": boot, "ticks": 100.001 + turn})
        assert answer.json() == {"acknowledged": letters[-1]["seq"]}
    counted, again = site.heard(ABROAD)[len(before) :]
    assert (counted.ticket, counted.key, counted.unheard) == (ticket, 1, None)
    assert (again.ticket, again.key, again.unheard) == (ticket, 2, "already_voted")


@pytest.mark.parametrize(
    ("boot", "now"),
    [
        ("b" * 16, {"boot": "c" * 16, "ticks": 100.9}),
        ("b" * 16, {"boot": "b" * 16, "ticks": 9.9}),
        ("d" * 16, None),
    ],
    ids=["another start", "set back", "not said"],
)
def test_a_press_whose_time_tells_nothing_here_is_of_unknown_age(
    site: PadSite, boot: str, now: dict[str, object] | None
) -> None:
    ticket, before = site.finish(ABROAD), site.heard(ABROAD)
    asked = site.server.evaluation_token(ABROAD)
    site.ask("west", "letters", letters=[letter(1, asked, 100.0, boot=boot)], now=now)
    (kept,) = site.heard(ABROAD)[len(before) :]
    assert (kept.ticket, kept.unheard, kept.pressed_at) == (ticket, "unknown_age", None)


def test_nobody_presses_at_another_agents_window(site: PadSite) -> None:
    site.finish(ABROAD)
    before, asked = site.heard(ABROAD), site.server.evaluation_token(ABROAD)
    now = {"boot": "b" * 16, "ticks": 100.9}
    assert site.ask("east", "letters", letters=[letter(1, asked, 100.0, boot="b" * 16)], now=now).ok
    assert site.heard(ABROAD) == before


@pytest.mark.parametrize(("path", "token"), [("poll", "nobody's"), ("letters", "nobody's"), ("poll", "east's")])
def test_only_the_agent_of_that_token_is_listened_to(site: PadSite, path: str, token: str) -> None:
    now = {"boot": "b" * 16, "ticks": 1.0}
    body = {"agent": "west", "run": "a" * 16, "turn": 1, "now": now, "shows": {}, "pads": {}, "taken_back": {}}
    letters = {"letters": [letter(1, "", 1.0, boot="b" * 16)]}
    said = site.tokens["east"] if token == "east's" else token
    answer = site.ask("west", path, said, **(body if path == "poll" else letters))
    assert answer.status_code == (403 if token == "east's" else 401)
