"""Whatever is sent to it, the virtual printer goes on: nothing crashes it, and no later paper is lost."""

from __future__ import annotations

import functools
import itertools
import socket
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slips import body_of, changed
from waiting import wait_until

from kiosk.printer.profile import PrinterProfile
from kiosk.virtual_printer import VirtualPrinter
from kiosk.virtual_printer.commands import COMMANDS, MAX_GRAPHICS, CommandParser
from kiosk.virtual_printer.preview import render
from server.messages.slips import TicketSlip

StartPrinter = Callable[..., VirtualPrinter]

_LEADS = {"HT": b"\t", "LF": b"\n", "CR": b"\r", "DLE EOT": b"\x10\x04", "DLE ENQ": b"\x10\x05", "DLE DC4": b"\x10\x14"}
_ESCAPES = {"ESC": b"\x1b", "FS": b"\x1c", "GS": b"\x1d"}


def _prefix(name: str) -> bytes:
    if name in _LEADS:
        return _LEADS[name]
    lead, *rest = name.split(" ")
    return _ESCAPES[lead] + "".join(rest).replace("SP", " ").encode("ascii")


# Mostly beginnings of real commands, with arguments that need not fit them: random bytes alone hardly ever are one.
NONSENSE = st.lists(
    st.one_of(
        st.binary(max_size=12),
        st.builds(bytes.__add__, st.sampled_from(COMMANDS).map(_prefix), st.binary(max_size=12)),
        st.builds(
            lambda name, small: _prefix(name) + bytes(small),
            st.sampled_from(COMMANDS),
            st.lists(st.integers(0, 3), max_size=10),
        ),
    ),
    max_size=12,
).map(b"".join)

CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


@settings(max_examples=300, deadline=None)
@given(data=NONSENSE, chinese=st.booleans(), gb18030=st.booleans())
def test_any_bytes_can_be_drawn(data: bytes, *, chinese: bool, gb18030: bool) -> None:
    preview = render(data, width_dots=384, chinese=chinese, gb18030=gb18030)
    assert len(preview.pictures) == len(preview.texts)
    for paper in preview.texts:
        paper.encode("utf-8")


@settings(max_examples=300, deadline=None)
@given(data=NONSENSE, cuts=st.lists(st.integers(0, 150), max_size=6))
def test_any_bytes_in_any_pieces_are_the_same_commands_and_none_goes_missing(data: bytes, cuts: list[int]) -> None:
    whole = CommandParser()
    once = list(whole.feed(data))
    assert b"".join(command.raw for command in once) + whole.pending == data
    pieces, parser, again = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))}), CommandParser(), []
    for start, end in itertools.pairwise(pieces):
        again += parser.feed(data[start:end])
    assert [c for c in again if c.name != "text"] == [c for c in once if c.name != "text"]
    assert b"".join(command.raw for command in again) + parser.pending == data


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=NONSENSE)
def test_a_paper_after_any_bytes_is_whole_once_their_last_command_has_ended(data: bytes, slip: TicketSlip) -> None:
    body = body_of(slip, PrinterProfile())
    expected = render(body, width_dots=576).texts
    ended = data
    for more in (300, 66_000, MAX_GRAPHICS):  # a command that waits for more ends with so many bytes at the latest
        if not _pending(ended):
            break
        ended += bytes(more)
    assert not _pending(ended)
    texts = render(ended + b"\n\x1dV\x00" + body, width_dots=576).texts
    assert texts[-1:] == expected


@functools.lru_cache(maxsize=4)
def _pending(data: bytes) -> bytes:
    parser = CommandParser()
    for _ in parser.feed(data):
        pass
    return parser.pending


def test_a_cleared_buffer_saves_the_paper_that_an_endless_image_would_have_swallowed(
    start_printer: StartPrinter, slip: TicketSlip
) -> None:
    body = body_of(changed(slip, number="A013"), PrinterProfile())
    printer = start_printer(speed=20_000.0)
    with socket.create_connection(("127.0.0.1", printer.port), timeout=15) as connection:
        connection.sendall(b"\x1dv0\x00\x48\x00\xff\x03" + b"lost" * 100 + CLEAR)
        assert connection.recv(3) == b"\x37\x25\x00"
        connection.sendall(body)
        [paper] = printer.wait_for_papers(1, 20)
    assert paper.read_bytes() == body
    assert "A013" in paper.with_suffix(".txt").read_text("utf-8")


def test_after_nonsense_on_the_wire_the_next_ticket_comes_out(start_printer: StartPrinter, slip: TicketSlip) -> None:
    body = body_of(slip, PrinterProfile())
    printer = start_printer(speed=20_000.0)
    with socket.create_connection(("127.0.0.1", printer.port), timeout=15) as connection:
        connection.sendall(bytes(range(256)) * 4)
        wait_until(lambda: bool(printer.errors), "a word about it")
        connection.sendall(CLEAR + b"\n\x1dV\x00" + body)
        texts = [paper.with_suffix(".txt").read_text("utf-8") for paper in printer.wait_for_papers(2, 20)]
    assert texts[-1] == render(body, width_dots=576).texts[0]
    printer.errors.clear()  # which the fixture would find
