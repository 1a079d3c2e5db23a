"""Every way a print job can go: what the record says is what came out on paper."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from slips import body_of

from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.protocol import PrintOutcome, PrintReason, PrintState, PrintTimings, print_job
from kiosk.printer.status import ack_request
from kiosk.virtual_printer import Faults, PowerOff, VirtualPrinter
from server.device.link import Link, LinkLost
from server.device.tcp import open_tcp
from server.messages.slips import TicketSlip

StartPrinter = Callable[..., VirtualPrinter]
PATIENCE = 20
PATIENT = PrintTimings(answer=PATIENCE, acknowledge=PATIENCE, poll=0.03, pause=PATIENCE, linger=0.1)
"""For what comes: no machine is so slow that a job is given up meanwhile."""
MUTE = replace(PATIENT, answer=0.3)
UNACKNOWLEDGED = replace(PATIENT, acknowledge=0.6)
"""For what never comes, each limited in that alone."""
ALL_ACKS = pytest.mark.parametrize("ack", list(Ack))


@dataclass
class Job:
    """A job under test and everything it reported on the way, in order."""

    printer: VirtualPrinter
    body: bytes
    profile: PrinterProfile = PrinterProfile()  # noqa: RUF009 -- frozen
    timings: PrintTimings = PATIENT
    settled: bool = True
    meanwhile: Callable[[], None] = lambda: None
    """Done when the job is about to send."""
    ahead: float = 0.0
    """Seconds by which the job's clock is ahead."""
    heard: list[str] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    outcome: PrintOutcome | None = None

    def run(self) -> PrintOutcome:
        """Print to the end."""
        return print_job(
            lambda: open_tcp("127.0.0.1", self.printer.port),
            self.body,
            "0042",
            self.profile,
            on_sending=self._send,
            on_paused=lambda reason: self.hear(f"paused {reason}"),
            on_resumed=lambda: self.hear("resumed"),
            settled=self.settled,
            timings=self.timings,
            clock=lambda: time.monotonic() + self.ahead,
        )

    def start(self) -> threading.Thread:
        """Print in a thread of its own; `outcome` is set when it ends."""
        thread = threading.Thread(target=self._run_and_keep)
        thread.start()
        return thread

    def hear(self, what: str) -> None:
        with self.changed:
            self.heard.append(what)
            self.changed.notify_all()

    def wait_for(self, what: str) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: what in self.heard, timeout=PATIENCE), self.heard

    def _send(self) -> None:
        self.hear("sending")
        self.meanwhile()

    def _run_and_keep(self) -> None:
        self.outcome = self.run()


@pytest.fixture
def body(slip: TicketSlip) -> bytes:
    return body_of(slip, PrinterProfile())


def papers(printer: VirtualPrinter) -> list[Path]:
    return printer.wait_for_papers(0, 0)


@ALL_ACKS
def test_a_healthy_printer_prints_exactly_the_ticket(start_printer: StartPrinter, body: bytes, ack: Ack) -> None:
    printer = start_printer()
    job = Job(printer, body, PrinterProfile(ack=ack))
    assert job.run() == PrintOutcome(PrintState.SENT if ack is Ack.NONE else PrintState.PRINTED)
    assert job.heard == ["sending"]
    [paper] = printer.wait_for_papers(1, PATIENCE)
    assert paper.read_bytes() == body + ack_request("0042", ack)
    assert "A012" in paper.with_suffix(".txt").read_text("utf-8").splitlines()


def test_printed_means_that_the_paper_is_out(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(speed=400.0)  # 126 mm take a third of a second
    assert Job(printer, body).run().state is PrintState.PRINTED
    assert len(papers(printer)) == 1


def test_twelve_jobs_give_twelve_papers(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(speed=20_000.0)
    assert {Job(printer, body).run().state for _ in range(12)} == {PrintState.PRINTED}
    assert [paper.name for paper in papers(printer)] == [f"{number:04d}.bin" for number in range(1, 13)]


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        (Faults(mute=True), PrintReason.MUTE),
        (Faults(paper_out=True), PrintReason.PAPER_OUT),
        (Faults(cover_open=True), PrintReason.COVER_OPEN),
        (Faults(cover_open=True, paper_out=True), PrintReason.COVER_OPEN),
        (Faults(error=True), PrintReason.ERROR),
        (Faults(offline=True), PrintReason.OFFLINE),
        (Faults(power_off_after_bytes=0), PrintReason.UNREACHABLE),
        (Faults(power_off_after_bytes=0, power_off=PowerOff.SILENT), PrintReason.MUTE),
    ],
)
def test_what_keeps_it_from_printing_is_named_and_nothing_is_sent(
    start_printer: StartPrinter, body: bytes, faults: Faults, reason: PrintReason
) -> None:
    printer = start_printer(faults)
    job = Job(printer, body, timings=MUTE if reason is PrintReason.MUTE else PATIENT)
    assert job.run() == PrintOutcome(PrintState.BLOCKED, reason, paper_near=faults.paper_out)
    assert job.heard == []
    printer.faults = Faults()
    assert Job(printer, body).run().state is PrintState.PRINTED
    assert len(papers(printer)) == 1


def test_a_printer_that_is_not_there_blocks(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer()
    printer.stop()
    assert Job(printer, body).run() == PrintOutcome(PrintState.BLOCKED, PrintReason.UNREACHABLE)


def test_a_roll_that_is_nearly_used_up_prints_and_is_reported(start_printer: StartPrinter, body: bytes) -> None:
    assert Job(start_printer(Faults(paper_near=True)), body).run() == PrintOutcome(PrintState.PRINTED, None, True)


@pytest.mark.parametrize("ack", [Ack.GS_H, Ack.GS_R])
def test_paper_out_on_the_way_waits_for_a_new_roll_and_gives_one_ticket(
    start_printer: StartPrinter, body: bytes, ack: Ack
) -> None:
    printer = start_printer(Faults(paper_out_after_mm=60.0))
    job = Job(printer, body, PrinterProfile(ack=ack))
    thread = job.start()
    job.wait_for("paused paper_out")
    assert "A012" in printer.uncut_text()
    assert papers(printer) == []
    printer.reload_paper()
    thread.join()
    assert job.outcome is not None
    assert job.outcome.state is PrintState.PRINTED
    assert len(papers(printer)) == 1
    assert job.heard[:2] == ["sending", "paused paper_out"]


def test_the_cover_opened_on_the_way_waits_until_it_is_shut(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer()

    def open_cover() -> None:
        printer.faults = Faults(cover_open=True)

    job = Job(printer, body, meanwhile=open_cover)
    thread = job.start()
    job.wait_for("paused cover_open")
    printer.faults = Faults()
    job.wait_for("resumed")
    thread.join()
    assert job.outcome == PrintOutcome(PrintState.PRINTED)
    assert len(papers(printer)) == 1


def test_nobody_brings_paper_and_the_job_ends_unknown(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(Faults(paper_out_after_mm=60.0))
    job = Job(printer, body, timings=replace(PATIENT, pause=0.3))
    assert job.run() == PrintOutcome(PrintState.UNKNOWN, PrintReason.PAPER_OUT, paper_near=True)
    assert papers(printer) == []
    assert "A012" in printer.uncut_text()


@pytest.mark.parametrize(
    ("power_off", "reason"), [(PowerOff.RST, PrintReason.LINK_LOST), (PowerOff.SILENT, PrintReason.NO_ACK)]
)
def test_power_off_on_the_way_is_unknown(
    start_printer: StartPrinter, body: bytes, power_off: PowerOff, reason: PrintReason
) -> None:
    printer = start_printer(Faults(power_off_after_bytes=300, power_off=power_off))
    timings = UNACKNOWLEDGED if reason is PrintReason.NO_ACK else PATIENT
    assert Job(printer, body, timings=timings).run() == PrintOutcome(PrintState.UNKNOWN, reason)
    assert papers(printer) == []


def test_power_off_while_paused_is_unknown(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(Faults(paper_out_after_mm=60.0))
    job = Job(printer, body, timings=replace(PATIENT, pause=1000 * PATIENCE))
    thread = job.start()
    job.wait_for("paused paper_out")
    printer.faults = Faults(paper_out=True, power_off_after_bytes=0, power_off=PowerOff.SILENT)
    while thread.is_alive():  # what it said before may still be on its way, and gives it its time again
        job.ahead += PATIENCE
        thread.join(5 * PATIENT.poll)
    assert job.outcome is not None
    assert (job.outcome.state, job.outcome.reason) == (PrintState.UNKNOWN, PrintReason.NO_ACK)
    assert papers(printer) == []


def test_a_lost_acknowledgement_is_unknown_although_it_printed(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(Faults(lose_ack=True))
    assert Job(printer, body, timings=UNACKNOWLEDGED).run() == PrintOutcome(PrintState.UNKNOWN, PrintReason.NO_ACK)
    assert len(printer.wait_for_papers(1, PATIENCE)) == 1


def test_a_clone_without_process_ids_needs_its_own_profile(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(Faults(no_process_id=True))
    assert Job(printer, body, timings=UNACKNOWLEDGED).run() == PrintOutcome(PrintState.UNKNOWN, PrintReason.NO_ACK)
    assert Job(printer, body, PrinterProfile(ack=Ack.GS_R)).run() == PrintOutcome(PrintState.PRINTED)
    assert len(papers(printer)) == 2


def test_a_one_way_printer_is_sent_to_unasked(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer(Faults(mute=True))
    job = Job(printer, body, PrinterProfile(ack=Ack.NONE, answers_status=False))
    assert job.run() == PrintOutcome(PrintState.SENT)
    assert printer.wait_for_papers(1, PATIENCE)[0].read_bytes() == body


def test_a_bad_id_is_refused_before_anything_is_opened(body: bytes) -> None:
    def never() -> Link:
        raise AssertionError

    with pytest.raises(ValueError, match="process id"):
        print_job(never, body, "中文", PrinterProfile(), on_sending=never)


def test_what_cannot_be_recorded_is_not_sent(start_printer: StartPrinter, body: bytes) -> None:
    printer = start_printer()

    def refuse() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        print_job(
            lambda: open_tcp("127.0.0.1", printer.port),
            body,
            "0001",
            PrinterProfile(),
            on_sending=refuse,
            timings=PATIENT,
        )
    assert Job(printer, body).run().state is PrintState.PRINTED
    assert len(papers(printer)) == 1


class ScriptedLink:
    """A link that answers every status question "fine" and gives `late` once the ticket was written."""

    def __init__(self, late: bytes = b"") -> None:
        self.written: list[bytes] = []
        self.late = late
        self.closed = False
        self._inbox = b"\x10\x00\x00\x00"  # an automatic status left over from before

    def read(self, timeout: float) -> bytes:
        data, self._inbox = self._inbox[:1], self._inbox[1:]
        return data

    def write(self, data: bytes) -> None:
        self.written.append(data)
        self._inbox += b"\x12" if data.startswith(b"\x10\x04") else self.late

    def close(self) -> None:
        self.closed = True


def test_somebody_elses_completion_does_not_count_and_bytes_may_come_singly() -> None:
    link = ScriptedLink(late=b"\x37\x220001\x00\x37\x220042\x00")
    outcome = print_job(lambda: link, b"ticket", "0042", PrinterProfile(), on_sending=lambda: None, timings=PATIENT)
    assert outcome == PrintOutcome(PrintState.PRINTED)
    assert link.closed
    link = ScriptedLink(late=b"\x37\x220001\x00")
    profile = PrinterProfile()
    outcome = print_job(lambda: link, b"ticket", "0042", profile, on_sending=lambda: None, timings=UNACKNOWLEDGED)
    assert outcome == PrintOutcome(PrintState.UNKNOWN, PrintReason.NO_ACK)


def test_the_ticket_goes_out_in_one_write_after_on_sending() -> None:
    link = ScriptedLink(late=b"\x37\x220042\x00")
    before: list[bytes] = []
    print_job(lambda: link, b"ticket", "0042", PrinterProfile(), on_sending=lambda: before.extend(link.written))
    assert before == [b"\x10\x04\x01", b"\x10\x04\x02", b"\x10\x04\x04"]
    assert [data for data in link.written if not data.startswith(b"\x10\x04")] == [
        b"ticket" + ack_request("0042", Ack.GS_H)
    ]


def test_slow_answers_are_not_taken_for_others() -> None:
    class Slow(ScriptedLink):
        """Says that the paper is out, and says so only when asked about paper, two reads late."""

        def __init__(self) -> None:
            super().__init__(late=b"")
            self.replies: list[bytes] = []
            self.reads = 0

        def read(self, timeout: float) -> bytes:
            time.sleep(min(timeout, 0.02))
            self.reads += 1
            return self.replies.pop(0) if self.replies and self.reads % 3 == 0 else b""

        def write(self, data: bytes) -> None:
            self.written.append(data)
            sent = any(not earlier.startswith(b"\x10\x04") for earlier in self.written)
            if data.startswith(b"\x10\x04"):
                self.replies.append(b"\x7e" if sent and data[2] == 4 else b"\x12")

    paused: list[PrintReason] = []
    outcome = print_job(
        Slow,
        b"ticket",
        "0042",
        PrinterProfile(),
        on_sending=lambda: None,
        on_paused=paused.append,
        timings=replace(PATIENT, pause=0.5),
    )
    assert outcome == PrintOutcome(PrintState.UNKNOWN, PrintReason.PAPER_OUT, paper_near=True)
    assert paused == [PrintReason.PAPER_OUT]


def test_a_pause_longer_than_the_acknowledgement_time_is_not_given_up() -> None:
    class Stopped(ScriptedLink):
        """Out of paper from the ticket on, until somebody brings some after a minute. No time passes but in it."""

        now = 0.0
        sent = False

        def read(self, timeout: float) -> bytes:
            data = super().read(timeout)
            self.now += 0.0 if data else timeout
            return data

        def write(self, data: bytes) -> None:
            if not data.startswith(b"\x10\x04"):
                self.sent = True
            elif self.sent and self.now < 60:
                self._inbox += b"\x7e" if data[2] == 4 else b"\x12"
            else:
                self._inbox += b"\x12" + (b"\x37\x220042\x00" if self.now > 61 else b"")

    link, heard = Stopped(), list[str]()
    outcome = print_job(
        lambda: link,
        b"ticket",
        "0042",
        PrinterProfile(),
        on_sending=lambda: None,
        on_paused=heard.append,
        on_resumed=lambda: heard.append("resumed"),
        clock=lambda: link.now,
    )
    assert outcome.state is PrintState.PRINTED
    assert heard == [PrintReason.PAPER_OUT, "resumed"]
    assert 60 < link.now < 60 + PrintTimings().acknowledge


def test_a_cover_that_flaps_for_ever_does_not_hold_the_job_for_ever() -> None:
    class Flapping(ScriptedLink):
        def write(self, data: bytes) -> None:
            self.written.append(data)
            if data.startswith(b"\x10\x04"):
                self._inbox += b"\x16" if len(self.written) % 4 == 1 else b"\x12"  # every other poll about the cover

        def read(self, timeout: float) -> bytes:
            time.sleep(min(timeout, 0.01))
            return super().read(timeout)

    timings = replace(PATIENT, poll=0.02, pause=0.4)
    outcome = print_job(Flapping, b"ticket", "0042", PrinterProfile(), on_sending=lambda: None, timings=timings)
    assert outcome == PrintOutcome(PrintState.UNKNOWN, PrintReason.COVER_OPEN)


def test_a_write_that_breaks_is_unknown() -> None:
    class Breaking(ScriptedLink):
        def write(self, data: bytes) -> None:
            if not data.startswith(b"\x10\x04"):
                raise LinkLost("cable")
            super().write(data)

    link = Breaking(late=b"")
    outcome = print_job(lambda: link, b"ticket", "0042", PrinterProfile(), on_sending=lambda: None, timings=PATIENT)
    assert outcome == PrintOutcome(PrintState.UNKNOWN, PrintReason.LINK_LOST)
    assert link.closed


def test_the_late_answer_of_an_earlier_ticket_is_not_taken_for_that_of_the_next(
    start_printer: StartPrinter, body: bytes
) -> None:
    printer = start_printer(Faults(paper_out_after_mm=20.0), speed=400.0)
    profile = PrinterProfile(ack=Ack.GS_R)
    left = Job(printer, body, profile, replace(PATIENT, pause=0.1))
    assert left.run().state is PrintState.UNKNOWN
    # A new roll: the first ticket goes on coming out, and its answer goes to whoever is connected by then.
    printer.faults = Faults()
    outcome = Job(printer, body, profile, replace(PATIENT, answer=3.0), settled=False).run()
    assert (outcome.state, len(papers(printer))) == (PrintState.PRINTED, 2)


def test_a_printer_that_no_longer_answers_prints_all_the_same_and_nothing_is_claimed(
    start_printer: StartPrinter, body: bytes
) -> None:
    printer = start_printer(Faults(lose_ack=True))
    job = Job(printer, body, PrinterProfile(ack=Ack.GS_R), UNACKNOWLEDGED, settled=False)
    assert job.run() == PrintOutcome(PrintState.UNKNOWN, PrintReason.NO_ACK)
    assert len(printer.wait_for_papers(1, PATIENCE)) == 1


class Packets:
    """A link that gives what was left behind one packet at a time, as USB does, and then answers like a printer."""

    def __init__(self, left: list[bytes], sensor: bytes = b"\x00") -> None:
        self._left = left
        self._sensor = sensor
        self._answers: list[bytes] = []

    def read(self, timeout: float) -> bytes:
        for waiting in (self._left, self._answers):
            if waiting:
                return waiting.pop(0)
        return b""

    def write(self, data: bytes) -> None:
        if data[:2] == b"\x10\x04":
            self._answers.append(b"\x12")
        elif data.endswith(ack_request("0042", Ack.GS_R)):
            self._answers.append(self._sensor)

    def close(self) -> None:
        pass


def printed_on(link: Packets, ack: Ack) -> PrintOutcome:
    profile = PrinterProfile(ack=ack)
    return print_job(lambda: link, b"ticket", "0042", profile, on_sending=lambda: None, timings=PATIENT)


def test_answers_that_were_left_behind_are_nobodys() -> None:
    """Two old bytes of a printer that was mute for a while read as an open cover, and the ticket was refused."""
    assert printed_on(Packets([b"\x16", b"\x16", b"\x16"]), Ack.GS_R) == PrintOutcome(PrintState.PRINTED)


def test_an_answer_that_says_there_is_no_paper_is_no_acknowledgement() -> None:
    """Of some clones the head goes on without paper."""
    outcome = printed_on(Packets([], sensor=b"\x0c"), Ack.GS_R)
    assert (outcome.state, outcome.reason) == (PrintState.UNKNOWN, PrintReason.PAPER_OUT)


def test_a_printer_that_acknowledges_nothing_but_tells_how_it_is_was_not_sent_a_ticket_that_it_stopped_in(
    start_printer: StartPrinter, body: bytes
) -> None:
    profile = PrinterProfile(ack=Ack.NONE, answers_status=True)
    stopped = start_printer(Faults(paper_out_after_mm=30.0))
    # It is asked after a second, when a printer of 2 m/s has long stopped.
    outcome = Job(stopped, body, profile, replace(PATIENT, linger=1.0)).run()
    assert (outcome.state, outcome.reason) == (PrintState.UNKNOWN, PrintReason.PAPER_OUT)
    assert Job(start_printer(), body, profile).run().state is PrintState.SENT
