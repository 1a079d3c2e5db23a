"""What stands on the paper of a ticket, from the hall's state and its configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from slips import body_of, lines_on_paper
from small_hall import SmallHall

from kiosk.slip.filling import appointment_content, ticket_content
from server.config.loading import parse_settings
from server.hall.commands import BookAppointment, CheckIn, IssueTicket
from server.messages.slips import TicketSlip

CONFIG = Path(__file__).parents[2] / "config.yaml"


def slip(command: Any, rules: dict[str, Any] | None = None, **printing: Any) -> TicketSlip:
    content = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    content["rules"] = {"no_show": rules or {}}
    content["printing"] = printing
    settings = parse_settings(content)
    hall = SmallHall(plan=settings.plan())
    if isinstance(command, CheckIn):
        start = hall.now.replace(hour=1, minute=30)
        hall.do(BookAppointment("property", start, phone="6789"))
    made = hall.do(command)
    ticket = hall.state.tickets[made["id"]]
    return ticket_content(ticket, ticket.prints[-1], hall.plan, settings)


def test_an_ordinary_number_says_nothing_of_classes_or_further_services() -> None:
    plain = slip(IssueTicket("tax", kiosk="1"))
    assert (plain.priority, plain.then) == ("", ())


def test_a_class_and_the_further_services_in_their_order() -> None:
    full = slip(IssueTicket("tax", kiosk="1", priority="military", then=("property", "residence")))
    assert full.priority == "现役、退役军人"
    assert full.then == ("不动产登记", "户籍身份证")


def test_a_booking_says_that_it_is_one() -> None:
    booked = slip(CheckIn("6789", kiosk="1"))
    assert (booked.booked, booked.priority) == (True, "")


@pytest.mark.parametrize(
    ("rules", "notice"),
    [
        ({}, "过号不用急：60 分钟内到取号机扫此码续号"),
        ({"rejoin_within": None}, "过号不用急：到取号机扫此码续号"),
        ({"rejoin_within": 30, "at_kiosk": False}, "过号不用急：30 分钟内到服务台续号"),
        ({"rejoin_within": None, "at_kiosk": False}, "过号不用急：到服务台续号"),
    ],
)
def test_what_to_do_after_a_missed_call_is_the_halls_own_rule(rules: dict[str, Any], notice: str) -> None:
    assert notice in lines_on_paper(body_of(slip(IssueTicket("tax", kiosk="1"), rules)))


def test_a_hall_that_prints_in_english_has_its_english_names_on_paper() -> None:
    english = slip(IssueTicket("tax", kiosk="1", then=("property",)), language="en")
    names = {english.service, english.place, english.kiosk, *english.then}
    assert all(name.isascii() and name for name in names)


def test_the_barcode_is_the_halls_choice() -> None:
    assert not slip(IssueTicket("tax", kiosk="1")).barcode
    assert slip(IssueTicket("tax", kiosk="1"), barcode=True).barcode


@pytest.mark.parametrize(
    ("language", "brought"), [("zh", ("身份证（原件）", "户口簿")), ("en", ("ID card (original)", "户口簿"))]
)
def test_a_booking_slip_says_what_the_services_guide_says_to_bring(language: str, brought: tuple[str, ...]) -> None:
    content = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))
    service = next(service for service in content["services"] if service["code"] == "property")
    service["guide"] = {
        "name": "不动产登记",
        "basis": "《不动产登记暂行条例》",
        "time_limit": "5 个工作日",
        "fee": "不收费",
        "phone": "0571-1",
        "documents": [
            {"code": "id", "name": "身份证", "note": "原件", "name_en": "ID card", "note_en": "original"},
            {"code": "household", "name": "户口簿", "note": ""},
        ],
    }
    content["printing"] = {"language": language}
    settings = parse_settings(content)
    hall = SmallHall(plan=settings.plan())
    booked = hall.do(BookAppointment("property", hall.now.replace(hour=1, minute=30), phone="6789"))
    slip = appointment_content(hall.state.appointments[booked["id"]], hall.plan, settings)
    assert (slip.bring, slip.phone) == (brought, "0571-1")
