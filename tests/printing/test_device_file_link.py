"""Printers as files: the kernel's device, a named pipe."""

from __future__ import annotations

import errno
import fcntl
import os
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import gevent
import pytest
from pty_printer import PtyPrinter

from server.device.device_file import open_device_file
from server.device.link import Link, LinkLost, LinkUnavailable
from server.device.printer_links import open_printer_link


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "lp0"
    os.mkfifo(path)
    return path


@pytest.fixture
def reader(pipe: Path) -> Iterator[int]:
    """The far end of the pipe."""
    fd = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    yield fd
    os.close(fd)


@pytest.fixture
def mute() -> Iterator[PtyPrinter]:
    """A device that is there, and takes what the kernel holds for it."""
    printer = PtyPrinter()
    yield printer
    printer.pull()


def test_a_pipe_carries_a_paper_and_nothing_back(pipe: Path, reader: int) -> None:
    link = open_printer_link(f"file://{pipe}")
    link.write(b"ticket")
    assert link.read(0.02) == b""
    assert os.read(reader, 100) == b"ticket"
    link.close()


def test_a_pipe_that_nobody_reads_is_unavailable(pipe: Path) -> None:
    with pytest.raises(LinkUnavailable, match="nobody is at the other end"):
        open_printer_link(f"file://{pipe}")


def test_a_reader_that_goes_is_a_lost_link(pipe: Path) -> None:
    fd = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    link = open_printer_link(f"file://{pipe}")
    os.close(fd)
    with pytest.raises(LinkLost, match="Broken pipe"):
        link.write(b"ticket")
    link.close()


def test_a_device_that_takes_nothing_is_given_up(pipe: Path, reader: int) -> None:
    link = open_device_file(pipe, write_timeout=0.1)
    with pytest.raises(LinkLost, match="not taken"):
        link.write(bytes(1_000_000))
    link.close()


def test_written_means_that_the_device_could_take_more(pipe: Path, reader: int) -> None:
    """usblp drops on closing what is still on its way, so that a full device is waited for after the last byte too."""
    room = 65_536
    link = open_device_file(pipe, write_timeout=5)
    writing = gevent.spawn(link.write, bytes(room))
    while _held(reader) < room:
        gevent.sleep(0.005)
    gevent.sleep(0)
    assert not writing.ready()
    assert len(os.read(reader, room)) == room
    writing.get(timeout=20)
    link.close()


def _held(pipe: int) -> int:
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/dev/usb/lp15", "plugged in and switched on"), ("/dev", "neither a device nor"), (__file__, "neither a device")],
)
def test_what_is_no_printer_is_refused_in_plain_words(
    path: str, reason: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(LinkUnavailable, match=reason):
        open_printer_link(f"file://{path}")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EBUSY, "another program"), (errno.ENODEV, "not plugged in"), (errno.EIO, "Input/output error")],
)
def test_what_the_kernel_refuses_is_said_in_plain_words(
    mute: PtyPrinter, monkeypatch: pytest.MonkeyPatch, number: int, reason: str
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(LinkUnavailable, match=reason):
        open_printer_link(f"file://{mute.path}")


def test_a_device_that_may_only_be_written_is_one_way(mute: PtyPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    really_open = os.open

    def write_only(path: Path, flags: int) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, "Permission denied")
        return really_open(path, flags)

    monkeypatch.setattr(os, "open", write_only)
    link = open_printer_link(f"file://{mute.path}")
    link.write(b"ticket")
    assert link.read(0.02) == b""
    link.close()


def test_a_device_without_a_way_back_says_nothing(mute: PtyPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    """As usblp answers for a one-way printer."""
    link = open_printer_link(f"file://{mute.path}")
    os.write(mute.device, b"?")

    def refuse(fd: int, size: int) -> bytes:
        raise OSError(errno.EINVAL, "Invalid argument")

    monkeypatch.setattr(os, "read", refuse)
    assert link.read(0.05) == b""
    assert link.read(0.05) == b""
    link.write(b"ticket")
    link.close()


@pytest.mark.parametrize("path", ["/dev/null", "/dev/full"])
def test_a_device_that_cannot_be_waited_for_is_written_all_the_same(path: str) -> None:
    link = open_printer_link(f"file://{path}")
    assert _written(link) is (path == "/dev/null")
    link.close()
    with pytest.raises(LinkLost, match="closed"):
        link.write(b"x")


def _written(link: Link) -> bool:
    try:
        link.write(b"ticket")
    except LinkLost:
        return False
    return True


def test_closing_wakes_the_reader(mute: PtyPrinter) -> None:
    link = open_printer_link(f"file://{mute.path}")

    def outcome() -> object:
        try:
            return link.read(30)
        except LinkLost as error:
            return error

    reading = gevent.spawn(outcome)
    gevent.sleep(0)
    link.close()
    assert isinstance(reading.get(timeout=20), LinkLost)
