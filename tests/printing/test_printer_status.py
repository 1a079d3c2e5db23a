"""The printer's answers, in whatever pieces and between whatever noise they arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.status import (
    Answer,
    AutoStatus,
    Completed,
    Condition,
    Query,
    SensorStatus,
    Status,
    StatusReader,
    ack_request,
    status_request,
)

FINE: frozenset[Condition] = frozenset()


def reader_after(*queries: Query, sensor: bool = False) -> StatusReader:
    reader = StatusReader()
    for query in queries:
        reader.asked(query)
    if sensor:
        reader.asked_sensor()
    return reader


@pytest.mark.parametrize(
    ("query", "byte", "conditions"),
    [
        (Query.PRINTER, 0x12, set()),
        (Query.PRINTER, 0x16, set()),  # the drawer
        (Query.PRINTER, 0x1A, {Condition.OFFLINE}),
        (Query.OFFLINE_CAUSE, 0x12, set()),
        (Query.OFFLINE_CAUSE, 0x16, {Condition.COVER_OPEN}),
        (Query.OFFLINE_CAUSE, 0x32, {Condition.PAPER_OUT}),
        (Query.OFFLINE_CAUSE, 0x52, {Condition.ERROR}),
        (Query.PAPER, 0x12, set()),
        (Query.PAPER, 0x1E, {Condition.PAPER_NEAR}),
        (Query.PAPER, 0x7E, {Condition.PAPER_NEAR, Condition.PAPER_OUT}),
    ],
)
def test_a_real_time_byte_answers_what_was_asked(query: Query, byte: int, conditions: set[Condition]) -> None:
    assert reader_after(query).feed(bytes([byte])) == [Status(query, frozenset(conditions))]


def test_answers_come_in_the_order_of_the_questions() -> None:
    assert reader_after(Query.OFFLINE_CAUSE, Query.PAPER).feed(b"\x16\x12") == [
        Status(Query.OFFLINE_CAUSE, frozenset({Condition.COVER_OPEN})),
        Status(Query.PAPER, FINE),
    ]


def test_a_byte_that_nobody_asked_for_is_dropped() -> None:
    reader = reader_after(Query.PAPER)
    reader.forget()
    assert reader.feed(b"\x12") == []


def test_an_automatic_status_is_not_taken_for_an_answer() -> None:
    assert reader_after(Query.PRINTER).feed(b"\x10\x00\x00\x00") == [AutoStatus(FINE)]
    assert reader_after(Query.PRINTER).feed(b"\x3c\x00\x0f\x00\x12") == [
        AutoStatus(frozenset({Condition.OFFLINE, Condition.COVER_OPEN, Condition.PAPER_NEAR, Condition.PAPER_OUT})),
        Status(Query.PRINTER, FINE),
    ]


def test_a_real_time_byte_may_interrupt_an_automatic_status() -> None:
    assert reader_after(Query.PAPER).feed(b"\x10\x08\x12\x00\x00") == [
        Status(Query.PAPER, FINE),
        AutoStatus(frozenset({Condition.ERROR})),
    ]


def test_the_sensor_answer_needs_its_question() -> None:
    assert reader_after(sensor=True).feed(b"\x00") == [SensorStatus(FINE)]
    assert reader_after(sensor=True).feed(b"\x03\x03") == [SensorStatus(frozenset({Condition.PAPER_NEAR}))]
    assert reader_after().feed(b"\x00") == []


def test_a_broken_completion_does_not_swallow_what_follows() -> None:
    assert reader_after(Query.PAPER).feed(b"\x37\x12") == [Status(Query.PAPER, FINE)]
    assert reader_after().feed(b"\x37\x22AB\x37\x22AB12\x00") == [Completed("AB12")]
    assert reader_after().feed(b"\x37\x37\x22AB12\x00") == [Completed("AB12")]


STREAM = b"\x10\x00\x00\x00" + b"\x12" + b"\x37\x22x7Q!\x00" + b"\x1e" + b"\x03"
ANSWERS: list[Answer] = [
    AutoStatus(FINE),
    Status(Query.PRINTER, FINE),
    Completed("x7Q!"),
    Status(Query.PAPER, frozenset({Condition.PAPER_NEAR})),
    SensorStatus(frozenset({Condition.PAPER_NEAR})),
]


@given(st.lists(st.integers(1, len(STREAM) - 1), unique=True).map(sorted))
def test_the_pieces_do_not_matter(cuts: list[int]) -> None:
    reader = reader_after(Query.PRINTER, Query.PAPER, sensor=True)
    ends = [*cuts, len(STREAM)]
    pieces = [STREAM[start:end] for start, end in zip([0, *cuts], ends, strict=True)]
    assert [answer for piece in pieces for answer in reader.feed(piece)] == ANSWERS


@given(st.binary(), st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), min_size=4, max_size=4))
def test_a_completion_is_found_behind_any_noise(noise: bytes, id4: str) -> None:
    # A noise that ends in the beginning of a completion claims the next bytes; six spoilers end any such claim.
    stream = noise + b"\xff" * 6 + b"\x37\x22" + id4.encode() + b"\x00"
    assert reader_after().feed(stream)[-1] == Completed(id4)


def test_the_requests_are_the_published_bytes() -> None:
    assert [status_request(query) for query in Query] == [b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"]
    assert ack_request("A1b2", Ack.GS_H) == bytes.fromhex("1d 28 48 06 00 30 30") + b"A1b2"
    assert ack_request("A1b2", Ack.GS_R) == b"\x1dr\x01"
    assert ack_request("A1b2", Ack.NONE) == b""


@pytest.mark.parametrize("id4", ["", "12345", "中文中文", "ab\x10\x04"])
def test_an_id_that_could_hurt_is_refused(id4: str) -> None:
    with pytest.raises(ValueError, match="process id"):
        ack_request(id4, Ack.GS_H)


def test_a_profile_that_cannot_work_is_refused() -> None:
    with pytest.raises(ValueError, match="acknowledge"):
        PrinterProfile(answers_status=False)
    with pytest.raises(ValueError, match="columns"):
        PrinterProfile(width_dots=384)
