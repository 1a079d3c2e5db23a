"""一次性告知书 on paper: the clerk's words, and what the server knows besides."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from slips import NARROW, WIDE, body_of, lines_on_paper
from small_hall import SmallHall

from counter.document_slip import document_slip
from kiosk.printer.profile import PrinterProfile
from kiosk.slip.filling import ticket_content
from server.config.loading import parse_settings
from server.hall import commands as cmd
from server.hall.document_notice import MissingPaper
from server.web.earlier_returns import KnownNotice

CONFIG = Path(__file__).parents[2] / "config.yaml"


class Paper:
    """A hall of the sample configuration, in which somebody is served at window 3."""

    def __init__(self, **window: Any) -> None:
        content = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
        content["windows"][2].update(window)
        self.settings = parse_settings(content)
        self.hall = SmallHall(plan=self.settings.plan())
        self.hall.open(1, 3)

    def notice(self, referred: bool) -> KnownNotice:
        if referred:
            ticket = self.hall.do(cmd.ReferCitizen(1, "chen", service="social-insurance"))["id"]
        else:
            ticket = self.hall.do(cmd.IssueTicket("social-insurance"))["id"]
        self.hall.do(cmd.CallTicket(3, "chen", ticket, "首问"))
        self.hall.do(cmd.Start(3, "chen"))
        papers = (MissingPaper("居住证", "residence-permit", "外地户籍"), MissingPaper("近期一寸照片"))
        facts = self.hall.do(cmd.NameDocuments(3, "chen", papers, due=date(2026, 12, 7)))
        first = self.hall.do(cmd.VerifyPriority(3, "chen", verified=True))["first"]
        return KnownNotice(facts, ticket, "social-insurance", first)


@pytest.mark.parametrize("profile", [WIDE, NARROW])
@pytest.mark.parametrize("referred", [False, True])
def test_paper_says_everything_once(profile: PrinterProfile, referred: bool) -> None:
    paper = Paper()
    known = paper.notice(referred)
    slip = document_slip(known, paper.hall.plan, paper.settings)
    text = "".join(lines_on_paper(body_of(slip, profile), profile))
    for words in (f"{known.ticket}-1", "居住证", "外地户籍", "近期一寸照片", "2026-12-07", "12345", "陈晓兰", "0307"):
        assert words.replace(" ", "") in text.replace(" ", ""), words
    assert ("首问" in text) is referred


def test_the_same_notice_is_the_same_paper_whenever_it_is_printed() -> None:
    paper = Paper()
    known = paper.notice(referred=False)
    first = document_slip(known, paper.hall.plan, paper.settings)
    paper.hall.wait(3600)
    assert document_slip(known, paper.hall.plan, paper.settings).model_dump_json() == first.model_dump_json()


def test_a_service_that_is_gone_by_now_is_named_by_its_code() -> None:
    paper = Paper()
    known = paper.notice(referred=False)
    gone = KnownNotice(known.facts, known.ticket, "stamps", None)
    slip = document_slip(gone, paper.hall.plan, paper.settings)
    assert (slip.service, slip.basis, slip.phone) == ("stamps", (), "12345")


def test_a_number_given_at_a_window_is_printed_there_with_the_windows_name() -> None:
    paper = Paper(printer={"link": "tcp://127.0.0.1:9100"})
    given = paper.hall.do(cmd.ReferCitizen(3, "chen", service="residence", printer="window:3"))
    ticket = paper.hall.state.tickets[given["id"]]
    slip = ticket_content(ticket, ticket.prints[-1], paper.hall.plan, paper.settings)
    assert slip.kiosk == paper.settings.window(3).name
    assert given["number"] in "".join(lines_on_paper(body_of(slip)))
