"""The day's figures as a leader has them printed, counted from the hall's state."""

from __future__ import annotations

from pathlib import Path

import yaml
from slips import body_of, lines_on_paper
from small_hall import CHEN, SmallHall

from kiosk.slip.day import day_content
from server.config.loading import parse_settings
from server.hall.commands import (
    AppealRating,
    CallNext,
    CancelTicket,
    CastVote,
    DecideAppeal,
    FinishTicket,
    IssueTicket,
    MarkNoShow,
    ReportPrint,
    ServeDirectly,
    Start,
    VoteByPhone,
)
from server.hall.low_rating import Ground
from server.hall.printing import PrintState
from server.messages.slips import ClerkOnPaper

CONFIG = Path(__file__).parents[2] / "config.yaml"
CLERK = ClerkOnPaper(name="陈晓兰", number="0307")


def test_the_day_is_counted_by_service_and_printed() -> None:
    settings = parse_settings(yaml.safe_load(CONFIG.read_text(encoding="utf-8")))
    hall = SmallHall(plan=settings.plan())
    window = next(w.number for w in settings.windows if "tax" in settings.services_of(w))
    hall.open(window, clerk=CHEN)
    taken = [hall.do(IssueTicket("tax", kiosk="1")) for _ in range(4)]
    hall.do(IssueTicket("residence", kiosk="1"))
    hall.wait(600)
    first = hall.do(CallNext(window, CHEN.username))
    hall.do(Start(window, CHEN.username))
    hall.do(FinishTicket(window, CHEN.username))
    token = hall.state.tickets[first["id"]].leg.evaluation.token
    hall.do(CastVote(token, 5))
    hall.wait(600)
    hall.do(CallNext(window, CHEN.username))
    hall.do(MarkNoShow(window, CHEN.username))
    hall.do(CancelTicket(taken[2]["id"]))
    hall.do(ReportPrint(taken[0]["print"]["job"], PrintState.BLOCKED, "paper_out"))

    day = day_content(hall.state, settings, CLERK, hall.now)

    tax = next(service for service in day.services if service.name == settings.service("tax").name)
    assert (tax.issued, tax.served, tax.no_show, tax.cancelled, tax.wait) == (4, 1, 1, 1, 15)
    assert (day.total.issued, day.total.served, day.total.wait) == (5, 1, 15)
    assert {service.name for service in day.services} == {settings.service(code).name for code in ("tax", "residence")}
    assert (day.levels, day.unrated) == ({5: 1}, 0)
    assert day.papers == {"blocked": 1, "under_way": 4}
    printed = [line.split() for line in lines_on_paper(body_of(day))]
    assert ["4", "1", "1", "1", "15"] in printed
    assert ["非常满意", "1"] in printed
    assert ["没打印", "1"] in printed


def test_a_vote_that_was_excluded_after_review_is_printed_as_excluded_alone() -> None:
    settings = parse_settings(yaml.safe_load(CONFIG.read_text(encoding="utf-8")))
    hall = SmallHall(plan=settings.plan())
    window = next(w.number for w in settings.windows if "tax" in settings.services_of(w))
    hall.open(window, clerk=CHEN)
    for _ in range(2):
        ticket = hall.do(ServeDirectly(window, CHEN.username, "tax"))
        hall.do(FinishTicket(window, CHEN.username))
        hall.do(VoteByPhone(ticket["token"], 1, 1))
    case = f"{ticket['id']}-1"
    hall.do(AppealRating(case, Ground.MISTAKEN, "评的是医院", "wang"))
    hall.do(DecideAppeal(case, True, "录音为证", "zhao"))
    day = day_content(hall.replayed().state, settings, CLERK, hall.now)
    assert (day.levels, day.excluded) == ({1: 1}, 1)
    printed = [line.split() for line in lines_on_paper(body_of(day))]
    assert ["非常不满意", "1"] in printed
    assert ["复核后排除", "1"] in printed


def test_before_anybody_came_the_day_is_empty_and_still_prints() -> None:
    settings = parse_settings(yaml.safe_load(CONFIG.read_text(encoding="utf-8")))
    hall = SmallHall(plan=settings.plan())
    day = day_content(hall.state, settings, CLERK, hall.now)
    assert (day.services, day.total.issued, day.day) == ((), 0, hall.now.date())
    assert "当日小结" in lines_on_paper(body_of(day))
