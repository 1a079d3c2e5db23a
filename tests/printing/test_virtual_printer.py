"""The virtual printer itself: papers, back-pressure, the program and its page of switches."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import segno
from PIL import Image
from slips import body_of

from kiosk.printer.profile import PrinterProfile
from kiosk.slip import fonts
from kiosk.virtual_printer import FaultInvalid, Faults, VirtualPrinter
from kiosk.virtual_printer.commands import CommandParser
from kiosk.virtual_printer.faults import fault_argument
from server.messages.slips import TicketSlip

StartPrinter = Callable[..., VirtualPrinter]


@pytest.fixture
def body(slip: TicketSlip) -> bytes:
    return body_of(slip, PrinterProfile())


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def receive(connection: socket.socket, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += connection.recv(count - len(data))
    return data


def test_the_picture_shows_the_text_and_a_true_qr_code(
    start_printer: StartPrinter, body: bytes, slip: TicketSlip
) -> None:
    printer = start_printer(speed=20_000.0)
    with connect(printer.port) as connection:
        connection.sendall(body)
        [paper] = printer.wait_for_papers(1, 20)
    picture = Image.open(paper.with_suffix(".png")).convert("L").point(lambda value: 255 if value > 128 else 0)
    assert picture.width == 576 + 2 * 32 + 2 * 40
    code = segno.make_qr(slip.url, error="M", boost_error=False)
    modules = [[bool(module) for module in line] for line in code.matrix]
    left = (picture.width - len(modules) * 6) // 2
    found = [
        top
        for top in range(picture.height - len(modules) * 6)
        if all(
            (picture.getpixel((left + x * 6 + 3, top + y * 6 + 3)) == 0) is dark
            for y, line in enumerate(modules)
            for x, dark in enumerate(line)
        )
    ]
    assert found
    number = picture.crop((40, 200, 680, 440))  # between service and waiting people: the number, 8 times as large
    black = number.histogram()[0] / (number.width * number.height)
    assert 0.1 < black < 0.5


def test_the_bin_is_there_only_when_picture_and_text_are(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(speed=20_000.0)
    with connect(printer.port) as connection:
        connection.sendall(body * 3)
        papers = printer.wait_for_papers(3, 20)
    for paper in papers:
        assert paper.with_suffix(".txt").is_file()
        assert paper.with_suffix(".png").is_file()
        assert paper.read_bytes() == body
    assert not list(papers[0].parent.glob("*.part"))


def test_numbers_go_on_after_a_restart(start_printer: StartPrinter, body: bytes) -> None:
    for expected in ("0001.bin", "0002.bin"):
        printer = start_printer(speed=20_000.0)
        with connect(printer.port) as connection:
            connection.sendall(body)
            assert printer.wait_for_papers(1, 20)[0].name == expected
        printer.stop()


def test_an_image_larger_than_the_buffer_gets_through(start_printer: StartPrinter) -> None:
    printer = start_printer(buffer_size=1024, speed=20_000.0)
    image = b"\x1dv0\x00" + (72).to_bytes(2, "little") + (800).to_bytes(2, "little") + b"\x55" * 57_600
    with connect(printer.port) as connection:
        connection.sendall(b"\x1b@" + image + b"\x1dVB\x00")
        [paper] = printer.wait_for_papers(1, 20)
    assert paper.with_suffix(".txt").read_text("utf-8") == "[image] 576×800\n"
    assert len(paper.read_bytes()) == 57_600 + 8 + 2 + 4


def test_a_full_buffer_holds_the_sender_back(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(cover_open=True), buffer_size=512)
    with connect(printer.port) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        connection.settimeout(0.5)
        with pytest.raises(TimeoutError):
            connection.sendall(b"\n" * 20_000_000)


def test_a_request_hidden_in_an_image_is_answered_and_still_printed(start_printer: StartPrinter) -> None:
    printer = start_printer(Faults(paper_near=True))
    image = b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x04"
    with connect(printer.port) as connection:
        connection.sendall(image + b"\x1dVB\x00")
        assert receive(connection, 1) == b"\x1e"
        [paper] = printer.wait_for_papers(1, 20)
    assert image in paper.read_bytes()


def test_a_request_split_over_packets_is_answered(start_printer: StartPrinter) -> None:
    printer = start_printer()
    with connect(printer.port) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"\x10\x04\x01":
            connection.sendall(bytes([byte]))
        assert receive(connection, 1) == b"\x12"


def test_automatic_status_follows_the_paper(start_printer: StartPrinter) -> None:
    printer = start_printer()
    with connect(printer.port) as connection:
        connection.sendall(b"\x1da\xff")
        assert receive(connection, 4) == b"\x10\x00\x00\x00"
        printer.faults = Faults(paper_out=True)
        assert receive(connection, 4) == b"\x18\x00\x0f\x00"
        printer.reload_paper()
        assert receive(connection, 4) == b"\x10\x00\x00\x00"


def test_what_a_printer_would_not_understand_is_recorded(tmp_path: Path) -> None:
    printer = VirtualPrinter(tmp_path, speed=20_000.0)
    printer.start()
    with connect(printer.port) as connection:
        connection.sendall(b"\x1b~\x1d!\xff\x1d(k\x03\x001Q0\x07A\n\x1dV\x00")
        printer.wait_for_papers(1, 20)
    printer.stop()
    assert printer.errors == [
        "unknown command 1b 7e",
        "GS ! 255",
        "GS ( k: the QR code is empty or wider than the paper",
        "unknown command 07",
    ]


def test_without_chinese_switched_on_the_ticket_is_garbage(start_printer: StartPrinter) -> None:
    printer = start_printer(speed=20_000.0)
    with connect(printer.port) as connection:
        connection.sendall("号\n".encode("gbk") + b"\x1c&" + "号\n".encode("gbk") + b"\x1dV\x00")
        [paper] = printer.wait_for_papers(1, 20)
    garbage, right = paper.with_suffix(".txt").read_text("utf-8").splitlines()
    assert (len(garbage), right) == (2, "号")


def test_the_parser_takes_any_pieces(body: bytes) -> None:
    whole = list(CommandParser().feed(body))
    parser = CommandParser()
    single = [command for byte in body for command in parser.feed(bytes([byte]))]
    assert b"".join(command.raw for command in single) == body
    assert [c for c in single if c.name != "text"] == [c for c in whole if c.name != "text"]


@pytest.mark.usefixtures("no_fonts")
def test_no_font_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(fonts.FontMissing, match="fonts-noto-cjk"):
        VirtualPrinter(tmp_path / "papers")


@pytest.mark.parametrize(
    "changes",
    [{"fire": True}, {"mute": 1}, {"paper_out_after_mm": -1}, {"paper_out_after_mm": True}, {"power_off": "bang"}],
)
def test_a_fault_that_does_not_exist_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(FaultInvalid):
        Faults().merged(changes)


def test_faults_can_be_given_on_the_command_line() -> None:
    arguments = ("mute", "paper_out_after_mm=60", "power_off=silent", "lose_ack=false")
    faults = Faults().merged(dict(fault_argument(argument) for argument in arguments))
    assert faults == Faults(mute=True, paper_out_after_mm=60.0, power_off="silent")  # type: ignore[arg-type]


@pytest.fixture
def program(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The running program's line of JSON."""
    command = [
        sys.executable,
        "-m",
        "kiosk.virtual_printer",
        "--port",
        "0",
        "--papers",
        str(tmp_path),
        "--speed",
        "20000",
    ]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        yield json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0


def ask(url: str, body: object = None, kind: str = "application/json") -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url, data, {"Content-Type": kind}), timeout=20) as answer:
        return dict(json.load(answer))


def test_a_visitor_pulls_the_paper_out_and_puts_it_back(program: dict[str, str], body: bytes, tmp_path: Path) -> None:
    control = program["control"]
    assert ask(f"{control}/fault", {"paper_out": True})["faults"]["paper_out"] is True  # type: ignore[index]
    with connect(int(program["port"])) as connection:
        connection.sendall(b"\x10\x04\x04")
        assert receive(connection, 1) == b"\x7e"
        connection.sendall(body + b"\x1dr\x01")
        assert ask(f"{control}/state")["papers"] == []
        assert ask(f"{control}/reload", {})["faults"]["paper_out"] is False  # type: ignore[index]
        assert receive(connection, 1) == b"\x00"
    assert ask(f"{control}/state")["papers"] == ["0001"]
    with urllib.request.urlopen(f"{control}/papers/0001.png", timeout=20) as picture:
        assert picture.read() == (tmp_path / "0001.png").read_bytes()
    with urllib.request.urlopen(control, timeout=20) as page:
        assert b"/page.js" in page.read()


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        ("/fault", {"fire": True}, "application/json", 400),
        ("/fault", ["mute"], "application/json", 400),
        ("/fault", {"mute": True}, "text/plain", 415),
        ("/elsewhere", {}, "application/json", 404),
        ("/papers/..%2f0001.png", None, "", 404),
        ("/papers/9999.png", None, "", 404),
    ],
)
def test_the_switches_refuse_what_they_do_not_know(
    program: dict[str, str], path: str, body: object, kind: str, status: int
) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        ask(program["control"] + path, body, kind)
    assert refused.value.code == status
    assert set(json.load(refused.value)["error"]) == {"code", "message"}


def test_the_program_needs_neither_flask_nor_gevent() -> None:
    unwanted = ("gevent", "flask", "escpos")
    code = f"import sys, kiosk.virtual_printer.__main__; print([m for m in {unwanted} if m in sys.modules])"
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert shown.stdout.strip() == "[]"
