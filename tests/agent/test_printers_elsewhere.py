"""Printers on another PC: what the hall has written down is what came out there, whatever happens in between."""

from __future__ import annotations

import pytest
from agent_process import AgentProcess
from hall_server import PATIENCE
from lossy_proxy import LossyProxy
from print_hall import texts, told_in, with_number
from waiting import wait_until

from kiosk.virtual_printer import Faults

from .conftest import Site

WHOLE = ["queued", "sending", "await_ack", "printed"]


def told(site: Site, ticket: str) -> list[str]:
    """What was written down, but for CHECKING, which is said by the way."""
    return [state for state in site.hall.told(ticket) if state != "checking"]


def test_a_ticket_is_printed_there_once(site: Site) -> None:
    ticket = site.hall.take()
    assert site.hall.until(ticket) == ("printed", None)
    assert told(site, ticket) == WHOLE
    (paper,) = with_number(site.printer, ticket)
    assert "补打" not in paper
    assert site.hall.device("agent", "east") == {
        "kind": "agent",
        "id": "east",
        "state": "online",
        "reason": None,
        "unsettled": 0,
    }


def test_ten_numbers_at_once_are_ten_papers_in_their_order(site: Site) -> None:
    before = len(texts(site.printer))
    tickets = [site.hall.take() for _ in range(10)]
    assert [site.hall.until(ticket) for ticket in tickets] == [("printed", None)] * 10
    papers = texts(site.printer, before + 10)[before:]
    assert [next(ticket for ticket in tickets if ticket[-4:] in paper.split()) for paper in papers] == tickets


def test_paper_that_runs_out_there_is_known_here(site: Site) -> None:
    site.printer.faults = Faults(paper_out=True)
    site.hall.printer_becomes("blocked", "paper_out")
    ticket = site.hall.take()
    assert site.hall.until(ticket) == ("blocked", "paper_out")
    assert with_number(site.printer, ticket) == []


def test_sending_is_written_down_before_the_first_byte_reaches_the_printer(site: Site) -> None:
    seen: list[dict[str, list[str]]] = []
    site.hooks.first_byte.append(lambda: seen.append(told_in(site.hall.server.folder / "hall.db")))
    ticket = site.hall.take("2")
    assert site.hall.until(ticket) == ("unknown", "no_ack")
    assert "sending" in seen[0][ticket]


def test_while_an_agent_is_away_no_paper_is_promised(site: Site) -> None:
    site.hall.printer_becomes("blocked", "unreachable", "3")
    ticket = site.hall.take("3")
    assert site.hall.paper(ticket) == ("blocked", "unreachable")
    assert site.hall.device("agent", "west")["state"] == "offline"


def test_a_line_that_is_cut_before_a_ticket(site: Site) -> None:
    site.line.cut()
    site.hall.printer_becomes("blocked", "unreachable")
    ticket = site.hall.take()
    assert site.hall.until(ticket) == ("blocked", "unreachable")
    site.line.mend()
    site.is_ready()
    following = site.hall.take()
    assert site.hall.until(following) == ("printed", None)
    assert (with_number(site.printer, ticket), len(with_number(site.printer, following))) == ([], 1)


def test_a_line_that_is_cut_before_the_first_byte_leaves_the_paper_blank(site: Site) -> None:
    before = site.silent.jobs
    site.hooks.question.append(site.line.cut)
    ticket = site.hall.take("2")
    assert site.hall.until(ticket) == ("blocked", "unreachable")
    site.agent.says(f"job {job_of(site, ticket)} was left")
    assert site.silent.jobs == before


def test_a_line_that_breaks_for_a_moment_is_not_noticed_by_the_citizen(site: Site) -> None:
    site.line.cut_after(b"/begin ")
    ticket = site.hall.take()
    assert site.line.was_cut.wait(PATIENCE)
    site.line.mend()
    assert site.hall.until(ticket) == ("printed", None)
    assert told(site, ticket) == WHOLE
    assert len(with_number(site.printer, ticket)) == 1


def test_a_word_to_begin_that_never_arrives_prints_nothing_and_is_no_lie(site: Site) -> None:
    site.line.cut_after(b"/begin ")
    ticket = site.hall.take()
    site.agent.says(f"job {job_of(site, ticket)} was left")
    assert site.hall.paper(ticket) == ("sending", None)
    away = site.hall.device("agent", "east")
    assert (away["state"], away["reason"], away["unsettled"]) == ("offline", "papers_open", 1)
    site.line.mend()
    assert site.hall.until(ticket) == ("unknown", "restarted")
    assert with_number(site.printer, ticket) == []


def test_paper_out_in_a_ticket_and_a_late_acknowledgement_while_the_line_is_cut(site: Site) -> None:
    site.printer.faults = Faults(paper_out_after_mm=40.0)
    ticket = site.hall.take()
    assert site.hall.until(ticket, "paused") == ("paused", "paper_out")
    site.line.cut()
    site.hall.printer_becomes("blocked", "unreachable")
    site.printer.reload_paper()
    wait_until(lambda: said(site.agent, "printed") > 0, "the end is in the outbox")
    assert site.hall.paper(ticket) == ("paused", "paper_out")
    site.line.mend()
    assert site.hall.until(ticket) == ("printed", None)
    assert told(site, ticket)[:4] == ["queued", "sending", "await_ack", "paused"]
    assert len(with_number(site.printer, ticket)) == 1


def test_an_agent_killed_with_a_slip_in_the_printer_calls_it_unknown_and_the_next_says_so(site: Site) -> None:
    site.printer.faults = Faults(paper_out_after_mm=40.0)
    ticket = site.hall.take()
    site.hall.until(ticket, "paused")
    site.agent.kill()
    site.hall.printer_becomes("blocked", "unreachable")
    assert site.hall.paper(ticket) == ("paused", "paper_out")
    site.printer.faults = Faults()
    site.agent.connect()
    assert site.hall.until(ticket) == ("unknown", "restarted")
    site.is_ready()
    site.hall.reprint(ticket)
    assert site.hall.until(ticket, "printed") == ("printed", None)
    assert [paper for paper in with_number(site.printer, ticket) if "补打" not in paper][1:] == []


def test_an_agent_killed_before_the_first_byte_has_printed_nothing(site: Site) -> None:
    before = site.silent.jobs
    site.hooks.question.append(site.agent.kill)
    ticket = site.hall.take("2")
    assert site.hall.until(ticket) == ("blocked", "unreachable")
    site.agent.connect()
    site.is_ready()
    assert (site.silent.jobs, site.hall.paper(ticket)) == (before, ("blocked", "unreachable"))


def test_an_agent_killed_as_the_first_byte_arrives_calls_it_unknown(site: Site) -> None:
    before = site.silent.jobs
    site.hooks.first_byte.append(site.agent.kill)
    ticket = site.hall.take("2")
    wait_until(lambda: site.silent.jobs == before + 1, "the slip arrives")
    site.agent.connect()
    assert site.hall.until(ticket) == ("unknown", "restarted")
    assert site.silent.jobs == before + 1


def test_what_an_agent_has_seen_printed_it_still_tells_after_it_was_killed(site: Site) -> None:
    site.printer.faults = Faults(paper_out_after_mm=40.0)
    ticket = site.hall.take()
    site.hall.until(ticket, "paused")
    site.line.cut()
    before = said(site.agent, "printed")
    site.printer.reload_paper()
    wait_until(lambda: said(site.agent, "printed") > before, "the end is in the outbox")
    site.agent.kill()
    site.line.mend()
    site.agent.connect()
    assert site.hall.until(ticket) == ("printed", None)
    assert len(with_number(site.printer, ticket)) == 1


def test_a_server_killed_while_a_slip_is_in_the_printer_hears_how_it_ended(site: Site) -> None:
    site.printer.faults = Faults(paper_out_after_mm=40.0)
    ticket = site.hall.take()
    site.hall.until(ticket, "paused")
    site.hall.server.kill()
    site.printer.reload_paper()
    site.hall.server.start()
    assert site.hall.until(ticket) == ("printed", None)
    assert len(with_number(site.printer, ticket)) == 1


def test_a_server_killed_before_the_first_byte_offers_the_ticket_again(site: Site) -> None:
    before = site.silent.jobs
    site.hooks.question.append(site.hall.server.kill)
    ticket = site.hall.take("2")
    wait_until(lambda: site.hall.server.process is None, "the server is killed")
    site.hall.server.start()
    assert site.hall.until(ticket) == ("unknown", "no_ack")
    assert told(site, ticket) == ["queued", "sending", "await_ack", "unknown"]
    assert site.silent.jobs == before + 1


def test_a_second_agent_with_the_same_token_is_refused_until_the_first_is_gone(site: Site) -> None:
    second = AgentProcess(site.folder / "second", site.line.base, site.token, {"1": site.printer.port, "2": 1})
    second.start()
    try:
        second.says("agent_elsewhere")
        ticket = site.hall.take()
        assert site.hall.until(ticket) == ("printed", None)
        site.agent.kill()
        second.says("connected to")
        site.hall.printer_becomes("ready", None)
        following = site.hall.take()
        assert site.hall.until(following) == ("printed", None)
    finally:
        second.kill()
    assert [len(with_number(site.printer, number)) for number in (ticket, following)] == [1, 1]


def test_a_network_that_loses_every_third_answer_loses_and_doubles_no_paper(site: Site) -> None:
    site.agent.kill()
    lossy = LossyProxy(site.hall.server.port, lost=3)
    agent = AgentProcess(site.folder / "lossy", lossy.base, site.token, {"1": site.printer.port, "2": site.silent.port})
    agent.connect()
    try:
        site.is_ready()
        tickets = [site.hall.take() for _ in range(12)]
        assert [site.hall.until(ticket) for ticket in tickets] == [("printed", None)] * 12
    finally:
        agent.kill()
        lossy.close()
    assert [len(with_number(site.printer, ticket)) for ticket in tickets] == [1] * 12
    assert [told(site, ticket) for ticket in tickets] == [WHOLE] * 12
    assert lossy.losses > 12


def test_an_agent_that_is_ended_finishes_its_slip(site: Site) -> None:
    site.printer.faults = Faults(paper_out_after_mm=40.0)
    ticket = site.hall.take()
    site.hall.until(ticket, "paused")
    site.printer.reload_paper()
    assert site.agent.end() == 0
    assert site.hall.until(ticket) == ("printed", None)
    assert len(with_number(site.printer, ticket)) == 1


@pytest.mark.parametrize(
    ("name", "token", "code"), [("east", "x" * 32, "401 device_unknown"), ("west", "", "403 forbidden")]
)
def test_only_the_agent_of_that_token_is_listened_to(site: Site, name: str, token: str, code: str) -> None:
    stranger = AgentProcess(site.folder / f"stranger-{name}", site.line.base, token or site.token, {"3": 1}, name)
    stranger.start()
    try:
        stranger.says(code)
    finally:
        stranger.kill()
    assert (token or site.token) not in stranger.log.read_text("utf-8")


def said(agent: AgentProcess, state: str) -> int:
    """How often the agent has put such an end into its outbox."""
    return agent.outbox.read_text("utf-8").count(f'"state":"{state}"')


def job_of(site: Site, ticket: str) -> str:
    """The id of a ticket's newest print job."""
    return site.hall.jobs(ticket)[-1]
