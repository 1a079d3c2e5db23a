"""Setting a printer up: the profile that is found prints a correct ticket on that very printer."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from command import jiaohao, refusal
from hall_server import PATIENCE, ROOT
from slips import body_of, changed

from kiosk.printer.outcome import PrintOutcome
from kiosk.printer.probe import Answered, Probed, probe_printer
from kiosk.printer.profile import Ack, profile_of
from kiosk.printer.protocol import print_job
from kiosk.printer.seen import AnswerInvalid, Found, Seen, Unusable, settings_for, understood
from kiosk.printer.set_up import SetUpFailed, set_up_printer
from kiosk.printer.status import Query
from kiosk.printer.trial_slip import BARCODE_SAYS, QR_SAYS
from kiosk.printer.trial_slip import slip as trial_slip
from kiosk.virtual_printer import Faults, VirtualPrinter
from kiosk.virtual_printer.identity import CLONE
from server.config.printers import PrinterSettings
from server.device.printer_links import open_printer_link
from server.messages.slips import TicketSlip

from .conftest import StartPrinter

WELL = Seen(chinese=True, large_line="A", number=True, columns=48, qr=True, barcode=True, picture=True, cut="full")


class SetUp:
    """A printer set up by somebody who sees on its slip what `seen` says, and all else well: what was told, found."""

    def __init__(self, printer: VirtualPrinter, **seen: Any) -> None:
        self.told: list[str] = []
        link = address(printer)
        self.settings = set_up_printer(
            link,
            None,
            lambda: open_printer_link(link),
            tell=self.told.append,
            ask=lambda: Seen.model_validate(WELL.model_dump() | seen),
        )
        self.found = self.settings.model_dump(exclude_unset=True)


def address(printer: VirtualPrinter) -> str:
    return f"tcp://127.0.0.1:{printer.port}"


def print_ticket(printer: VirtualPrinter, settings: PrinterSettings, ticket: TicketSlip) -> tuple[PrintOutcome, bytes]:
    """How a job with this profile ends, and the ticket's picture."""
    profile = profile_of(settings)
    before = len(printer.wait_for_papers(1, PATIENCE))
    body = body_of(ticket, profile)
    outcome = print_job(lambda: open_printer_link(settings.link), body, "0001", profile, on_sending=lambda: None)
    return outcome, printer.wait_for_papers(before + 1, PATIENCE)[before].with_suffix(".png").read_bytes()


def test_a_healthy_printer_is_found_out(start_printer: StartPrinter, slip: TicketSlip) -> None:
    printer = start_printer()
    found = SetUp(printer)
    assert found.found == {
        "link": address(printer),
        "width": 80,
        "ack": "gs_h",
        "status": True,
        "chinese": "gbk",
        "chinese_size": "gs",
        "number": "native",
        "qr": "native",
        "barcode": "native",
        "cut": "full",
    }
    assert {"maker: EPSON", "model: TM-T20III", "it has acknowledged the test slip"} <= set(found.told)
    assert [bool(re.fullmatch(r"DLE EOT \d: all is well \([\d.]+ ms\)", line)) for line in found.told].count(True) == 3
    outcome, _ = print_ticket(printer, found.settings, slip)
    assert outcome.state == "printed"


def test_what_stands_on_the_slip(start_printer: StartPrinter) -> None:
    printer = start_printer()
    SetUp(printer)
    (paper,) = printer.wait_for_papers(1, PATIENCE)
    text = paper.with_suffix(".txt").read_text("utf-8")
    assert [letter for letter in "ABCDEFGHI" if re.search(rf"^\s*{letter}\b", text, re.MULTILINE)] == list("ABCDEFGHI")
    assert "C 中文：业务、窗口（1）￥" in text
    assert "A012" in text
    assert QR_SAYS in text
    assert BARCODE_SAYS in text
    ruler = next(line.strip() for line in text.splitlines() if "..04..08" in line)
    assert (len(ruler), ruler[-2:]) == (48, "48")


@pytest.mark.parametrize("command", [b"\x10\x04", b"\x10\x05", b"\x10\x14"])
def test_nothing_on_the_slip_is_taken_for_a_question(command: bytes) -> None:
    assert command not in trial_slip()


def test_a_clone_without_process_ids_acknowledges_otherwise(start_printer: StartPrinter, slip: TicketSlip) -> None:
    printer = start_printer(Faults(no_process_id=True), identity=CLONE)
    found = SetUp(printer)
    assert (found.settings.ack, found.settings.status) == ("gs_r", True)
    assert [line for line in found.told if line.startswith(("maker", "model"))] == ["model: POS-80"]
    outcome, _ = print_ticket(printer, found.settings, slip)
    assert outcome.state == "printed"


def test_a_clone_whose_chinese_needs_its_own_sizes_prints_the_same_ticket(
    start_printer: StartPrinter, slip: TicketSlip, tmp_path: Path
) -> None:
    # Short enough that neither has to make its rules coarser.
    ticket = changed(slip, url="")
    clone = start_printer(gs_scales_hanzi=False)
    found = SetUp(clone, large_line="B")
    assert found.settings.chinese_size == "fs"
    _, on_clone = print_ticket(clone, found.settings, ticket)
    epson = VirtualPrinter(tmp_path / "epson", speed=2000.0)
    epson.start()
    try:
        _, on_epson = print_ticket(epson, SetUp(epson).settings, ticket)
    finally:
        epson.stop()
    assert on_clone == on_epson


def test_a_printer_that_says_nothing_is_never_said_to_have_printed(
    start_printer: StartPrinter, slip: TicketSlip
) -> None:
    printer = start_printer(Faults(mute=True))
    found = SetUp(printer)
    assert (found.settings.ack, found.settings.status) == ("none", False)
    assert "".join(found.told).count("no answer") == 3
    outcome, _ = print_ticket(printer, found.settings, slip)
    assert outcome.state == "sent"


def test_an_acknowledgement_that_stays_away_after_the_slip_is_none(start_printer: StartPrinter) -> None:
    printer = start_printer()

    def forget(line: str) -> None:
        """It acknowledges when nothing is printed, and not when something is."""
        if "the test slip is sent" in line:
            printer.faults = Faults(lose_ack=True)

    link = address(printer)
    settings = set_up_printer(link, None, lambda: open_printer_link(link), tell=forget, ask=lambda: WELL)
    assert (settings.ack, settings.status) == ("none", True)


@pytest.mark.parametrize(
    ("faults", "words"), [(Faults(paper_out=True), "no paper"), (Faults(cover_open=True), "cover is open")]
)
def test_a_printer_that_cannot_print_now_is_not_judged(start_printer: StartPrinter, faults: Faults, words: str) -> None:
    printer = start_printer(faults)
    with pytest.raises(SetUpFailed, match=words):
        SetUp(printer)
    printer.faults = Faults()
    assert printer.wait_for_papers(0, PATIENCE) == []


def test_a_printer_that_is_not_there(start_printer: StartPrinter) -> None:
    printer = start_printer()
    printer.stop()
    with pytest.raises(SetUpFailed, match=address(printer)):
        SetUp(printer)


@pytest.mark.parametrize(
    ("columns", "width", "dots"), [(48, 80, None), (42, 80, 504), (32, 58, None), (35, 58, 408), (24, 58, 288)]
)
def test_the_ruler_tells_the_width(columns: int, width: int, dots: int | None) -> None:
    settings = settings_for(judged(columns=columns))
    assert (settings.width, settings.dots) == (width, dots)


def test_what_a_printer_cannot_do_is_drawn() -> None:
    settings = settings_for(judged(qr=False, barcode=False, number=False, chinese=False, cut="none"))
    drawn = (settings.qr, settings.barcode, settings.number, settings.chinese, settings.cut)
    assert drawn == ("drawn", "drawn", "drawn", "none", "none")


@pytest.mark.parametrize("missing", [{"qr": False}, {"number": False}, {"chinese": False}, {"large_line": "none"}])
def test_a_printer_that_could_print_no_ticket_gets_no_profile(missing: dict[str, Any]) -> None:
    with pytest.raises(Unusable, match="no pictures"):
        settings_for(judged(picture=False, **missing))


@pytest.mark.parametrize(
    ("key", "said", "means"),
    [
        ("qr", "Yes", True),
        ("qr", False, False),
        ("columns", "48", 48),
        ("large_line", "b", "B"),
        ("cut", "FULL", "full"),
    ],
)
def test_an_answer_is_understood_as_it_is_typed(key: str, said: object, means: object) -> None:
    assert understood(key, said) == means


@pytest.mark.parametrize(
    ("key", "said"),
    [("columns", "12"), ("cut", "half"), ("qr", "perhaps"), ("large_line", "C"), ("qr", 48), ("cut", None)],
)
def test_an_answer_that_makes_no_sense_is_none(key: str, said: object) -> None:
    with pytest.raises(AnswerInvalid):
        understood(key, said)


def test_a_status_sent_unasked_is_told_apart_from_an_answer(start_printer: StartPrinter) -> None:
    """It comes while the printer is asked: another program has told it to (`GS a`), and its cover is opened."""
    printer = start_printer()
    link = open_printer_link(address(printer))
    link.write(b"\x1da\xff")
    assert len(link.read(PATIENCE)) == 4
    link.close()
    probed = probe_printer(lambda: open_printer_link(address(printer)))
    answered = probed.statuses[Query.PRINTER]
    assert answered is not None
    assert (answered.conditions, probed.ack, probed.obstacle) == (frozenset(), Ack.GS_H, None)


def test_at_the_terminal_whoever_stands_there_is_asked_until_it_makes_sense(start_printer: StartPrinter) -> None:
    """The command as it is used, on a terminal."""
    ours, theirs = pty.openpty()
    os.write(ours, b"yes\nC\nA\nyes\n48\nyes\nyes\nyes\nfull\n")
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", "device", "probe", "printer", address(start_printer())],
        cwd=ROOT,
        stdin=theirs,
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONUTF8": "1"},
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    found = yaml.safe_load(done.stdout[done.stdout.index("printer:\n") :])
    assert (found["printer"]["ack"], found["printer"]["chinese_size"], found["printer"]["cut"]) == (
        "gs_h",
        "gs",
        "full",
    )


def test_a_script_answers_by_file_and_by_option(start_printer: StartPrinter, tmp_path: Path) -> None:
    file, save = tmp_path / "answers.yaml", tmp_path / "printer.yaml"
    file.write_text(yaml.safe_dump(WELL.model_dump() | {"large_line": "B", "columns": 42}), encoding="utf-8")
    printer = start_printer()
    words = ["--answers", str(file), "--columns", "48", "--save", str(save)]
    done = jiaohao("device", "probe", "printer", address(printer), *words)
    assert done.returncode == 0, done.stderr
    found = yaml.safe_load(save.read_text("utf-8"))["printer"]
    assert done.stdout.endswith(save.read_text("utf-8"))
    assert (found["chinese_size"], found["width"]) == ("fs", 80)


def test_nothing_is_printed_while_nobody_is_there_to_look(start_printer: StartPrinter, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(yaml.safe_dump(WELL.model_dump(exclude={"columns", "cut"})), encoding="utf-8")
    printer = start_printer()
    said = refusal("device", "probe", "printer", address(printer), "--answers", str(file))
    assert "--columns, --cut" in said
    assert printer.wait_for_papers(0, PATIENCE) == []


def test_a_printer_at_an_agent_is_probed_there() -> None:
    assert "on that PC" in refusal("device", "probe", "printer", "agent://east")


def judged(**seen: Any) -> Found:
    """A printer that answers everything, and what was seen on its slip."""
    well = Answered(0.001, frozenset())
    probed = Probed(0.001, b"", False, dict.fromkeys(Query, well), Ack.GS_H)
    return Found("tcp://127.0.0.1:9100", None, probed, Ack.GS_H, Seen.model_validate(WELL.model_dump() | seen))
