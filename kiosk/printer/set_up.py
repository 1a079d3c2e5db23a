"""Setting a printer up: asked what it can do, tried with a slip, judged by whoever stands before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kiosk.printer.outcome import PrintOutcome, PrintReason, PrintState
from kiosk.printer.probe import Answered, Probed, probe_printer
from kiosk.printer.profile import Ack, PrinterProfile
from kiosk.printer.protocol import print_job
from kiosk.printer.seen import Found, Seen, Unusable, settings_for
from kiosk.printer.trial_slip import slip
from server.config.printers import PrinterSettings
from server.device.link import Link, LinkError
from server.told import Told, at, told, told_of

_JOB: Final = "PRB2"
_REASONS: Final = {
    PrintReason.PAPER_OUT: told("it has no paper"),
    PrintReason.COVER_OPEN: told("its cover is open"),
    PrintReason.ERROR: told("its knife or head is in trouble"),
    PrintReason.OFFLINE: told("it is off line"),
}
_ACKS: Final = {
    Ack.GS_H: told("it says when a slip is done (GS ( H)"),
    Ack.GS_R: told("it does not know GS ( H, and says when its buffer is done (GS r)"),
    Ack.NONE: told("it does not say when a slip is done"),
}


class SetUpFailed(Exception):
    """No profile was found; the message says why, and what to do."""


def set_up_printer(
    link: str,
    baudrate: int | None,
    open_link: Callable[[], Link],
    *,
    tell: Callable[[Told], None],
    ask: Callable[[], Seen],
) -> PrinterSettings:
    """The `printer:` section of config.yaml for the printer at `link`; `baudrate` is a serial line's.

    `tell` hears a line for each thing that is found, `ask` is called once the slip is out. Raises SetUpFailed.
    """
    try:
        probed = probe_printer(open_link)
        for line in _said(probed):
            tell(line)
        if probed.obstacle is not None:
            raise SetUpFailed(told("%(why)s: see to that, and probe it again", why=_REASONS[probed.obstacle]))
        ack = probed.ack if probed.answers_status else Ack.NONE
        profile = PrinterProfile(ack=ack, answers_status=probed.answers_status)
        outcome = print_job(open_link, slip(), _JOB, profile, on_sending=lambda: tell(told("the test slip is sent")))
    except LinkError as error:
        raise SetUpFailed(at(link, told_of(error))) from error
    ack = _ack_after(outcome, ack, tell)
    try:
        return settings_for(Found(link, baudrate, probed, ack, ask()))
    except Unusable as error:
        raise SetUpFailed(told_of(error)) from error


def _said(probed: Probed) -> list[Told]:
    """What the printer told, a line each."""
    lines = [told("connected in %(ms)s ms", ms=round(probed.opened * 1000))]
    if probed.left_over:
        kind = told("a status that it sends by itself") if probed.left_over_is_status else told("not a status")
        lines.append(told("unasked it sent %(bytes)s: %(kind)s", bytes=probed.left_over.hex(" "), kind=kind))
    lines += [at(f"DLE EOT {query.value}", _answered(answered)) for query, answered in probed.statuses.items()]
    lines += [at(told(name), text) for name, text in probed.names.items()]
    unasked = told("it was not asked whether it acknowledges")
    lines.append(_ACKS[probed.ack] if probed.obstacle is None else unasked)
    return lines


def _answered(answered: Answered | None) -> Told:
    if answered is None:
        return told("no answer")
    how = ", ".join(sorted(answered.conditions)) or told("all is well")
    return told("%(how)s (%(ms)s ms)", how=how, ms=format(answered.seconds * 1000, ".1f"))


def _ack_after(outcome: PrintOutcome, ack: Ack, tell: Callable[[Told], None]) -> Ack:
    """An acknowledgement that came with nothing printed and not after a slip is none."""
    if outcome.state is PrintState.PRINTED:
        tell(told("it has acknowledged the test slip"))
    elif outcome.state is PrintState.SENT:
        tell(told("the test slip is sent; whether it was printed only you can see"))
    elif outcome.reason is PrintReason.NO_ACK:
        tell(told("it has NOT acknowledged the test slip: it is taken for one that does not say when it is done"))
        return Ack.NONE
    else:
        reason = outcome.reason and (_REASONS.get(outcome.reason) or outcome.reason.value)
        raise SetUpFailed(
            told("the test slip did not get through (%(reason)s): see to that, and probe it again", reason=reason)
        )
    return ack
