"""What a key was used for: told apart by everything the caller said, and telling nothing of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from server.engine.answers import fingerprint
from server.hall.commands import BookAppointment, HoldTicket, PressKey, PrintSlip
from server.hall.hold import HoldKind
from server.hall.printing import Slip

NINE = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)


def test_another_time_that_the_caller_said_is_another_press() -> None:
    one, other = (BookAppointment("tax", NINE + timedelta(hours=h), "1234") for h in (0, 1))
    assert fingerprint(one) != fingerprint(other)


def test_a_time_that_the_server_reckoned_is_not() -> None:
    one, other = (HoldTicket(3, "chen", HoldKind.WAITING, "", NINE + timedelta(seconds=s)) for s in (0, 2))
    assert fingerprint(one) == fingerprint(other)


def test_nothing_of_what_was_said_is_kept() -> None:
    kept = fingerprint(BookAppointment("tax", NINE, "13812345678", "张三"))
    assert "1381" not in kept
    assert "张" not in kept


def test_what_the_server_adds_to_a_slip_is_no_other_press_and_what_was_asked_for_is() -> None:
    one, later, other = (
        PrintSlip(Slip.RECEIPT, "1", content, reckoned=f"{content} at {minute}")
        for content, minute in (("a", 0), ("a", 1), ("b", 1))
    )
    assert fingerprint(one) == fingerprint(later)
    assert fingerprint(one) != fingerprint(other)


def test_a_press_that_is_told_again_is_older_and_the_same() -> None:
    one, again = (PressKey(3, 2, 4, "token", timedelta(seconds=age)) for age in (1, 61))
    assert fingerprint(one) == fingerprint(again)
    assert fingerprint(one) != fingerprint(PressKey(3, 1, 3, "token", timedelta(seconds=1)))
