"""The installer presses each key from best to worst, and the pad's entry for config.yaml comes of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from evaluator.dialects import Dialect
from evaluator.set_up.ears import Burst, Ears, KeyCame
from server.config.devices import PadSettings
from server.device.hearing import PRESS_LIFE, RESENT_WITHIN
from server.device.link import Link
from server.told import Told, told

RESENT: Final = RESENT_WITHIN + 0.5
"""Seconds in which a pad that nobody has answered sends its press again."""
_SHOWN: Final = 40
"""Bytes of what came that are written out."""


class PadSetUpFailed(Exception):
    """No entry was found; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class PadFound:
    """What is known of a pad by then. `keys`: raw key byte to level, in the order pressed."""

    dialect: str
    baudrate: int
    address: int
    keys: dict[int, int] = field(default_factory=dict)

    def settings(self, link: str, window: int, template: str | None = None) -> PadSettings:
        """As it stands in config.yaml; `template` is the file of a dialect of that name."""
        entry: dict[str, object] = {"window": window, "link": link, "dialect": self.dialect, "keys": self.keys}
        if template is not None:
            entry["template"] = template
        if not link.startswith("input://"):
            entry |= {"baudrate": self.baudrate, "address": self.address}
        return PadSettings.model_validate(entry)


class PadSetUp:
    """`dialects` may be what the pad speaks, `speeds` its baud rate, likeliest first; `levels` its keys, best first.

    `address` is that of a pad which only answers. `tell` hears what to do and what was found; `patience` is in seconds.
    """

    def __init__(
        self,
        dialects: Mapping[str, Dialect],
        speeds: Sequence[int],
        levels: Sequence[int],
        *,
        open_link: Callable[[int], Link],
        tell: Callable[[Told], None],
        address: int | None = None,
        patience: float = 60.0,
    ) -> None:
        self._dialects = dialects
        self._speeds = speeds
        self._levels = levels
        self._open_link = open_link
        self._tell = tell
        self._address = address
        self._patience = patience
        self._pressed_at = 0.0

    def run(self) -> PadFound:
        """Raises PadSetUpFailed, or LinkError when the line cannot be opened or is lost."""
        best, *others = self._levels
        ears, speed, burst = self._first(best)
        try:
            found = self._understood(ears, speed, burst, best)
            for level in others:
                self._next(ears, found, level)
            dialect = self._dialects[found.dialect]
            ears.say(dialect.idle(found.address))
        finally:
            ears.close()
        self._tell(_order(found, dialect))
        return found

    def _first(self, best: int) -> tuple[Ears, int, Burst]:
        """The line at the speed at which the best key's press is understood, and what came."""
        for place, speed in enumerate(self._speeds):
            ears = Ears(self._open_link(speed), self._dialects, self._address)
            try:
                if place == 0:
                    self._tell(told("Press the key for “%(level)s”, the best one.", level=level_words(best)))
                    burst = ears.listen(self._patience, self._is_worth_a_look)
                else:
                    burst = self._at_another_speed(ears)
                if not burst.raw:
                    raise self._silence()
                self._show(burst)
                if burst.presses:
                    return ears, speed, burst
            except BaseException:
                ears.close()
                raise
            ears.close()
            self._tell(told("At %(speed)s baud no dialect knows these bytes.", speed=speed))
        raise PadSetUpFailed(
            told("No dialect knows this pad. Its maker's document is needed; a template can be made of that.")
        )

    def _at_another_speed(self, ears: Ears) -> Burst:
        """What the pad sends again by itself, or else for another press."""
        burst = ears.listen(RESENT, self._is_worth_a_look)
        if burst.raw:
            return burst
        self._tell(told("Another speed is tried. Press the same key once more."))
        return ears.listen(self._patience, self._is_worth_a_look)

    def _is_worth_a_look(self, burst: Burst) -> bool:
        """A pad that is asked all the time answers all the time."""
        return bool(burst.presses) if self._address is not None else bool(burst.raw)

    def _understood(self, ears: Ears, speed: int, burst: Burst, best: int) -> PadFound:
        """The first press, by the dialect whose acknowledgement the pad hears: it sends the press no more."""
        names = list(burst.presses)
        press = burst.presses[names[0]][0]
        name = names[0]
        for candidate in names:
            dialect = self._dialects[candidate]
            answer = dialect.acknowledge(press.address, press.key, press.serial)
            ears.say(answer, dialect.thank_you(press.address))
            if answer is None or not self._sends_again(ears, candidate):
                name = candidate
                break
        else:
            self._tell(told("The pad hears no acknowledgement: it sends its press again. Check the wire to it."))
        self._pressed_at = time.monotonic()
        found = PadFound(name, speed, press.address, {press.key: best})
        where = _hex(press.address)
        self._tell(
            told("Dialect %(dialect)s, %(speed)s baud, address %(address)s.", dialect=name, speed=speed, address=where)
        )
        self._tell(_is_key(press, best))
        return found

    def _sends_again(self, ears: Ears, dialect: str) -> bool:
        return bool(ears.listen(RESENT, lambda burst: dialect in burst.presses).raw)

    def _next(self, ears: Ears, found: PadFound, level: int) -> None:
        """The press of the key for `level`, into `found`."""
        self._tell(told("Press the key for “%(level)s”.", level=level_words(level)))
        dialect = self._dialects[found.dialect]
        until = time.monotonic() + self._patience
        while True:
            burst = ears.listen(until - time.monotonic(), self._is_worth_a_look)
            if not burst.raw:
                raise self._silence()
            presses = burst.presses.get(found.dialect, [])
            if not presses:
                self._show(burst)
                self._tell(told("These bytes are no press. Once more."))
            for press in presses:
                if press.address != found.address:
                    self._tell(told("Another pad spoke, at address %(address)s.", address=_hex(press.address)))
                    continue
                ears.say(dialect.acknowledge(press.address, press.key, press.serial), dialect.thank_you(press.address))
                if press.key not in found.keys:
                    self._show(burst)
                    self._pressed_at = time.monotonic()
                    found.keys[press.key] = level
                    self._tell(_is_key(press, level))
                    return
                self._say_that_it_was_pressed(press, found)

    def _say_that_it_was_pressed(self, press: KeyCame, found: PadFound) -> None:
        """But for the key before, which the pad may only have sent again."""
        *_, latest = found.keys
        if press.key == latest and time.monotonic() - self._pressed_at <= PRESS_LIFE:
            return
        known = level_words(found.keys[press.key])
        self._tell(told("That key is “%(level)s” already. Press another one.", level=known))

    def _show(self, burst: Burst) -> None:
        more = " …" if len(burst.raw) > _SHOWN else ""
        self._tell(told("  %(bytes)s", bytes=burst.raw[:_SHOWN].hex(" ").upper() + more))

    def _silence(self) -> PadSetUpFailed:
        return PadSetUpFailed(
            told(
                "Nothing came for %(seconds)s s. Check power, plug and wires (A to A, B to B; TX to RX), "
                "and try again.",
                seconds=round(self._patience),
            )
        )


def level_words(level: int) -> Told:
    """The national words for a level."""
    return {
        5: told("Very satisfied"),
        4: told("Satisfied"),
        3: told("Fairly satisfied"),
        2: told("Dissatisfied"),
        1: told("Very dissatisfied"),
    }[level]


def _is_key(press: KeyCame, level: int) -> Told:
    key = f"{press.key} ({_hex(press.key)})"
    return told("Key %(key)s is “%(level)s”.", key=key, level=level_words(level))


def _hex(value: int) -> str:
    return f"0x{value:02X}"


def _order(found: PadFound, dialect: Dialect) -> Told:
    """How the keys lie beside what the dialect's documents say."""
    documented, pressed = [key for key in dialect.keys if key in found.keys], list(found.keys)
    if pressed == documented:
        return told("The keys are numbered as the dialect's documents say.")
    if pressed == documented[::-1]:
        return told("The keys are numbered the other way round than the dialect's documents say: mind the entry.")
    return told("The keys are numbered in an order of their own: mind the entry.")
