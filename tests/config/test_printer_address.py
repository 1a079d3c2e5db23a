"""A printer's address: each form taken apart, each mistake answered with an example."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.config.printer_address import (
    EXAMPLES,
    AgentAddress,
    CupsAddress,
    FileAddress,
    Flow,
    PrinterAddress,
    SerialAddress,
    TcpAddress,
    UsbAddress,
    can_answer,
    parse_printer,
)

PORT = "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("tcp://192.168.1.60:9100", TcpAddress("192.168.1.60", 9100)),
        ("tcp://[fd00::7]:9100", TcpAddress("fd00::7", 9100)),
        (PORT, SerialAddress(PORT)),
        (f"{PORT}?flow=dsrdtr", SerialAddress(PORT, Flow.DSRDTR)),
        (f"{PORT}?flow=none", SerialAddress(PORT)),
        ("socket://10.0.0.1:4001", SerialAddress("socket://10.0.0.1:4001")),
        ("rfc2217://10.0.0.1:4001", SerialAddress("rfc2217://10.0.0.1:4001")),
        ("rfc2217://10.0.0.1:4001?flow=rtscts", SerialAddress("rfc2217://10.0.0.1:4001", Flow.RTSCTS)),
        (
            "rfc2217://10.0.0.1:4001?ign_set_control&flow=xonxoff&timeout=5",
            SerialAddress("rfc2217://10.0.0.1:4001?ign_set_control&timeout=5", Flow.XONXOFF),
        ),
        ("file:///dev/usb/lp0", FileAddress(Path("/dev/usb/lp0"))),
        ("usb://04b8:0202", UsbAddress(0x04B8, 0x0202)),
        ("usb://04B8:0E28", UsbAddress(0x04B8, 0x0E28)),
        ("usb://04b8:0202?serial=ABC%20123", UsbAddress(0x04B8, 0x0202, serial="ABC 123")),
        ("usb://04b8:0202?port=1-1.3", UsbAddress(0x04B8, 0x0202, port="1-1.3")),
        ("cups://大厅_tickets-1", CupsAddress("大厅_tickets-1")),
        ("agent://hall-east", AgentAddress("hall-east")),
    ],
)
def test_each_form_is_taken_apart(text: str, address: PrinterAddress) -> None:
    assert parse_printer(text) == address


@pytest.mark.parametrize(
    ("kind", "wrong"),
    [
        ("tcp", ["tcp://", "tcp://10.0.0.1", "tcp://10.0.0.1:0", "tcp://:9100", "tcp://a b:9100", "tcp://h:9100?a=1"]),
        ("usb", ["usb://", "usb://04b8", "usb://04b8:202", "usb://04b8:020g", "usb://04b8:0202/1", "usb://1208:514"]),
        ("usb", ["usb://04b8:0202?port=1", "usb://04b8:0202?port=1-1.3.", "usb://04b8:0202?port=lp0"]),
        ("file", ["file://", "file://dev/usb/lp0", "file:///"]),
        ("socket", ["socket://10.0.0.1", "socket://10.0.0.1:4001?flow=rtscts"]),
        ("rfc2217", ["rfc2217://10.0.0.1", "rfc2217://:4001"]),
        ("cups", ["cups://", "cups://a/b", "cups://a b", "cups://-d", "cups://a?b", "cups://a@b"]),
        ("agent", ["agent://", "agent://Hall", "agent://hall/1", "agent://hall:1"]),
    ],
)
def test_a_mistake_in_one_form_is_answered_with_its_example(kind: str, wrong: list[str]) -> None:
    for text in wrong:
        with pytest.raises(ValueError, match="such as") as refusal:
            parse_printer(text)
        assert EXAMPLES[kind] in str(refusal.value), text
        assert text in str(refusal.value)


@pytest.mark.parametrize("text", ["", "lpt1", "COM3", "ttyUSB0", "10.0.0.1:9100", "http://10.0.0.1:9100", "virtual:"])
def test_what_is_no_form_at_all_is_answered_with_all_of_them(text: str) -> None:
    with pytest.raises(ValueError, match="no printer's address") as refusal:
        parse_printer(text)
    assert all(example in str(refusal.value) for example in EXAMPLES.values())


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("/dev/usb/lp0", "write file:///dev/usb/lp0"),
        ("/dev/lp1", "write file:///dev/lp1"),
        (f"{PORT}?flow=hardware", "none, rtscts, dsrdtr, xonxoff"),
        (f"{PORT}?baud=9600", "flow=…"),
        (f"{PORT}?flow", "flow=…"),
        (f"{PORT}?flow=none&flow=rtscts", "each once"),
        ("rfc2217://10.0.0.1:4001?flow=dsrdtr", "flow=rtscts"),
        ("rfc2217://10.0.0.1:4001?flow=", "none, rtscts, dsrdtr, xonxoff"),
        ("usb://04b8:0202?serial=", "serial=… or port=…"),
        ("usb://04b8:0202?bus=1", "serial=… or port=…"),
    ],
)
def test_a_near_miss_is_answered_with_what_to_write(text: str, advice: str) -> None:
    with pytest.raises(ValueError, match=r"://|/dev/") as refusal:
        parse_printer(text)
    assert advice in str(refusal.value)


def test_all_but_a_queue_carry_answers_back() -> None:
    assert [kind for kind, example in EXAMPLES.items() if not can_answer(example)] == ["cups"]


@given(
    st.integers(0, 0xFFFF),
    st.integers(0, 0xFFFF),
    st.none() | st.text(min_size=1).filter(lambda text: text.encode(errors="replace").decode() == text),
    st.none() | st.from_regex(r"[0-9]{1,2}-[0-9]{1,2}(\.[0-9]{1,2}){0,5}", fullmatch=True),
)
def test_a_usb_address_is_read_as_it_is_written(
    vendor: int, product: int, serial: str | None, port: str | None
) -> None:
    address = UsbAddress(vendor, product, serial, port)
    assert parse_printer(str(address)) == address


@given(st.text() | st.builds("{}://{}".format, st.sampled_from(sorted(EXAMPLES)), st.text()))
def test_any_text_is_an_address_or_refused(text: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse_printer(text), PrinterAddress)
