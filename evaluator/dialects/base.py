"""The contract every pad dialect keeps.

Sans-IO: a decoder is given bytes and answers events, a dialect is given an intention and answers bytes. Neither opens
a port, waits, or reads a clock, so the same code serves a serial line, a socket, a log replay and a test.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from server.device.frames.garbage import Garbage
from server.device.hearing import Decoder, NothingPressed, OtherFrame


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A citizen pressed a key.

    `address` is the pad's address as it stood on the wire; None: the frame has none, and the pad its line alone. `key`
    is the raw key. What it means (5 to 1) is the hall's commissioning record, not the dialect's: the order of the keys
    is reversed between makes of pads. `serial` is the pad's own number of this press, the same each time it is sent;
    None: such pads do not number them.
    """

    address: int | None
    key: int
    serial: int | None = None


PadEvent = KeyPressed | NothingPressed | OtherFrame | Garbage


class Say(StrEnum):
    """What a pad can be told, as makers' documents have it. The values name frames in templates and golden vectors.

    STARS is told by nobody: this product rates no clerk by stars (docs/decisions/0049).
    """

    WELCOME = "welcome"
    ASK = "ask"
    THANK_YOU = "thank_you"
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    BEEP = "beep"
    NUMBER = "number"
    STAFF = "staff"
    STARS = "stars"
    VOICE = "voice"


class Dialect(ABC):
    """The frames a kind of pad understands. Each answers bytes to send, or None when the pad has no such frame.

    `address` is 0 to 255 as configured for the pad. All raise ValueError for what the frame cannot carry.
    """

    @property
    @abstractmethod
    def name(self) -> str:
        """The name used in config.yaml."""

    @property
    @abstractmethod
    def keys(self) -> Mapping[int, str]:
        """Raw key to the word printed on that key, best first. Shown when a pad is commissioned."""

    @property
    @abstractmethod
    def levels(self) -> Mapping[int, int]:
        """Raw key to level (5 to 1) as such pads usually have it; empty when nothing is known of that."""

    @abstractmethod
    def decoder(self) -> Decoder[int]:
        """A fresh decoder for one line."""

    @abstractmethod
    def tell(self, address: int, say: Say, text: str = "") -> bytes | None:
        """The frame for `say`. `text`: the number, the clerk's name, the words, or the stars as a digit."""

    @abstractmethod
    def acknowledge(self, address: int, key: int, serial: int | None = None) -> bytes | None:
        """Confirm a received press, so that the pad thanks the citizen and stops sending it again."""

    def poll(self, address: int) -> bytes | None:
        """Ask the pad for what was pressed; None: pads of this kind speak by themselves.

        Such a pad tells of a press in every answer until it is acknowledged, and else that nothing was pressed.
        """
        return None

    def ask(self, address: int) -> bytes | None:
        """Invite an evaluation: the pad shows or says 请评价."""
        return self.tell(address, Say.ASK)

    def thank_you(self, address: int) -> bytes | None:
        """Thank the citizen, for pads that do not do so on the acknowledgement."""
        return self.tell(address, Say.THANK_YOU)

    def idle(self, address: int) -> bytes | None:
        """Return the pad to its resting state; also withdraws an invitation that ran out."""
        return self.tell(address, Say.WELCOME)

    def cancel(self, address: int) -> bytes | None:
        """Withdraw an invitation, for pads that need more than `idle` for that."""
        return self.tell(address, Say.CANCEL)

    def pause(self, address: int) -> bytes | None:
        """Show that the window is paused (暂停服务)."""
        return self.tell(address, Say.PAUSE)

    def resume(self, address: int) -> bytes | None:
        """Take the paused sign away."""
        return self.tell(address, Say.RESUME)

    def show_number(self, address: int, number: str) -> bytes | None:
        """Show a ticket number, as far as the pad's display can."""
        return self.tell(address, Say.NUMBER, number)

    def show_staff(self, address: int, name: str) -> bytes | None:
        """Show who sits at the window."""
        return self.tell(address, Say.STAFF, name)

    def speak(self, address: int, words: str) -> bytes | None:
        """Say the words aloud."""
        return self.tell(address, Say.VOICE, words)

    def beep(self, address: int) -> bytes | None:
        """One short sound."""
        return self.tell(address, Say.BEEP)
