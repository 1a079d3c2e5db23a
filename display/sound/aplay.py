"""`aplay`, the program that gives samples to a sound card, and what it says when it cannot."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import gevent

from display.sound.composing import CHANNELS, FRAME, RATE, seconds
from display.speech.outlet import Condition
from server.device.program import NOT_FOUND, Program

_APLAY: Final = ("aplay", "-q", "-N", "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", str(CHANNELS))
"""-N: a card that somebody else has is an error, and not waited for."""
_TAKEN: Final = RATE // 8 * FRAME
"""Bytes that aplay reads before the first go to the card: a quarter of half a second, its longest buffer."""
_BEGINNING: Final = 2.5
_DRAINING: Final = 2.5
"""Seconds beyond the length of a sound until a card is taken for dead."""
_LOOK: Final = 0.02
_NO_CARD: Final = Condition("blocked", "no_sound_card")
_CONDITIONS: Final = (
    ("Device or resource busy", Condition("blocked", "sound_card_busy")),
    ("Permission denied", Condition("blocked", "sound_card_forbidden")),
    ("No such file or directory", _NO_CARD),
    ("No such device", _NO_CARD),
    ("No such device or address", _NO_CARD),
)


class CardFailed(Exception):
    """The sound did not come to its end; the message is what aplay said, `condition` what that means."""

    def __init__(self, words: str, condition: Condition) -> None:
        super().__init__(words)
        self.condition = condition


def play(device: str, sound: bytes, began: Callable[[], None]) -> None:
    """Play `sound`, as `composing` makes it; returns when the card has sounded it. `began` when the card has taken the
    first of it.

    A greenlet that is killed here ends the sound. Raises CardFailed.
    """
    program = _started(device, "-")
    feeding = gevent.spawn(_feed, program, sound)
    try:
        _until_taken(program)
        if not program.has_ended or program.code == 0:
            began()
        if not program.wait(seconds(sound) + _DRAINING):
            raise _failed("the card has stopped")
        if program.code != 0:
            raise _failure(program)
    finally:
        program.end()
        feeding.kill()


def probe(device: str) -> None:
    """Open the card and play nothing. Raises CardFailed."""
    program = _started(device, "/dev/null")
    try:
        if not program.wait(_BEGINNING):
            raise _failed("the card does not open")
        if program.code != 0:
            raise _failure(program)
    finally:
        program.end()


def condition_of(words: str) -> Condition:
    """What a complaint of aplay's means for whoever has to mend it."""
    return next(
        (condition for part, condition in _CONDITIONS if words.endswith(part)), Condition("blocked", "sound_card")
    )


def _started(device: str, file: str) -> Program:
    try:
        return Program([*_APLAY, "-D", device, file])
    except OSError as error:
        raise _failed(f"aplay cannot be started: {error}") from error


def _feed(program: Program, sound: bytes) -> None:
    with suppress(OSError):  # it has ended, and says itself why
        program.feed(sound)


def _until_taken(program: Program) -> None:
    deadline = time.monotonic() + _BEGINNING
    while program.taken <= _TAKEN and not program.wait(_LOOK):
        if time.monotonic() >= deadline:
            raise _failed("the card takes no sound")


def _failure(program: Program) -> CardFailed:
    if program.code == NOT_FOUND:
        return CardFailed("aplay is not installed: apt-get install alsa-utils", Condition("blocked", "no_aplay"))
    if program.code is None or not program.words:
        return _failed(f"aplay was ended ({program.code})")
    return CardFailed(program.words, condition_of(program.words))


def _failed(words: str) -> CardFailed:
    return CardFailed(words, Condition("blocked", "sound_card"))
