"""What a kiosk tells whoever asks where a number stands, from the hall's state alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from small_hall import CHEN, SmallHall

from kiosk.messages import PositionOut, TicketHereIn
from kiosk.position import position
from server.config.loading import parse_settings
from server.hall.commands import (
    CallNext,
    CancelTicket,
    FinishTicket,
    IssueTicket,
    MarkNoShow,
    ReportPrint,
    Start,
    TransferTicket,
)
from server.hall.errors import NumberVoid, UnknownTicket
from server.hall.printing import PrintState
from server.web.errors import Refused

CONFIG = Path(__file__).parents[2] / "config.yaml"


class Hall(SmallHall):
    """The sample hall, asked at a kiosk that has a printer."""

    def __init__(self, **no_show: Any) -> None:
        content = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
        content["rules"]["no_show"].update(no_show)
        self.settings = parse_settings(content)
        super().__init__(plan=self.settings.plan())

    def take(self, service: str = "social-insurance") -> tuple[str, str]:
        """Its number and its secret."""
        self.wait(1)
        ticket = self.do(IssueTicket(service, kiosk="1"))
        return ticket["number"], ticket["token"]

    def ask(self, *, prints: bool = True, **asked: str) -> PositionOut:
        return position(self.state, self.settings, TicketHereIn(**asked), self.now, prints=prints)

    def pass_by(self) -> None:
        self.do(CallNext(2, CHEN.username))
        self.do(MarkNoShow(2, CHEN.username))


@pytest.fixture
def hall() -> Hall:
    made = Hall()
    made.open(2)
    return made


def test_a_number_in_line(hall: Hall) -> None:
    hall.take()
    number, token = hall.take()
    told = PositionOut(
        number=number,
        service="social-insurance",
        standing="waiting",
        ahead=1,
        windows=[1, 2, 3],
        window=None,
        may_rejoin=False,
        until=None,
        may_print=False,
    )
    assert hall.ask(number=number) == told
    assert hall.ask(token=token) == told.model_copy(update={"may_print": True})


@pytest.mark.parametrize("typed", ["A1", "a1", "A01", "A001", "A000001"])
def test_zeros_and_small_letters_make_no_difference(hall: Hall, typed: str) -> None:
    number, _ = hall.take()
    assert hall.ask(number=typed).number == number


def test_a_number_that_is_called_says_where_to(hall: Hall) -> None:
    number, token = hall.take()
    hall.do(CallNext(2, CHEN.username))
    for asked in ({"number": number}, {"token": token}):
        told = hall.ask(**asked)
        assert (told.standing, told.window, told.may_print) == ("called", 2, False)


def test_a_number_that_was_sent_to_one_window_waits_for_that_one(hall: Hall) -> None:
    number, _ = hall.take()
    hall.open(3)
    hall.do(CallNext(2, CHEN.username))
    hall.do(Start(2, CHEN.username))
    hall.do(TransferTicket(2, CHEN.username, to_window=3))
    assert hall.ask(number=number).windows == [3]


def test_a_missed_number_says_until_when_it_may_come_back(hall: Hall) -> None:
    number, _ = hall.take()
    hall.pass_by()
    told = hall.ask(number=number)
    assert (told.standing, told.may_rejoin, told.may_print) == ("missed", True, False)
    assert told.until == "2026-11-23T02:00:01+00:00"
    hall.wait(3601)
    with pytest.raises(NumberVoid):
        hall.ask(number=number)


def test_where_only_the_desk_lets_numbers_back_the_kiosk_does_not_offer_it() -> None:
    hall = Hall(at_kiosk=False, rejoin_within=None)
    hall.open(2)
    number, _ = hall.take()
    hall.pass_by()
    told = hall.ask(number=number)
    assert (told.standing, told.may_rejoin, told.until) == ("missed", False, None)


def test_of_a_number_that_is_not_in_line_nothing_more_is_told(hall: Hall) -> None:
    number, token = hall.take()
    hall.do(CallNext(2, CHEN.username))
    hall.do(Start(2, CHEN.username))
    cancelled, secret = hall.take()
    hall.do(CancelTicket(secret))
    for asked in (number, cancelled):
        with pytest.raises(Refused) as refusal:
            hall.ask(number=asked)
        assert refusal.value.params == {"number": asked}
    hall.do(FinishTicket(2, CHEN.username))
    with pytest.raises(Refused):
        hall.ask(token=token)


def test_a_paper_is_offered_by_the_number_once_none_is_known(hall: Hall) -> None:
    number, token = hall.take()
    job = hall.state.ticket(token).prints[-1].id
    assert not hall.ask(number=number).may_print
    hall.do(ReportPrint(job, PrintState.BLOCKED, "paper_out"))
    assert hall.ask(number=number).may_print
    assert not hall.ask(number=number, prints=False).may_print


def test_an_id_is_no_secret_and_a_number_of_nobody_is_unknown(hall: Hall) -> None:
    _, token = hall.take()
    for asked in ({"token": hall.state.ticket(token).id}, {"number": "A99"}, {"number": "Z1"}):
        with pytest.raises(UnknownTicket):
            hall.ask(**asked)
