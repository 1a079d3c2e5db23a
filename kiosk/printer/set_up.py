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

_JOB: Final = "PRB2"
_REASONS: Final = {
    PrintReason.PAPER_OUT: "it has no paper",
    PrintReason.COVER_OPEN: "its cover is open",
    PrintReason.ERROR: "its knife or head is in trouble",
    PrintReason.OFFLINE: "it is off line",
}
_ACKS: Final = {
    Ack.GS_H: "it says when a slip is done (GS ( H)",
    Ack.GS_R: "it does not know GS ( H, and says when its buffer is done (GS r)",
    Ack.NONE: "it does not say when a slip is done",
}


class SetUpFailed(Exception):
    """No profile was found; the message says why, and what to do."""


def set_up_printer(
    link: str,
    baudrate: int | None,
    open_link: Callable[[], Link],
    *,
    tell: Callable[[str], None],
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
            raise SetUpFailed(f"{_REASONS[probed.obstacle]}: see to that, and probe it again")
        ack = probed.ack if probed.answers_status else Ack.NONE
        profile = PrinterProfile(ack=ack, answers_status=probed.answers_status)
        outcome = print_job(open_link, slip(), _JOB, profile, on_sending=lambda: tell("the test slip is sent"))
    except LinkError as error:
        raise SetUpFailed(f"{link}: {error}") from error
    ack = _ack_after(outcome, ack, tell)
    try:
        return settings_for(Found(link, baudrate, probed, ack, ask()))
    except Unusable as error:
        raise SetUpFailed(str(error)) from error


def _said(probed: Probed) -> list[str]:
    """What the printer told, a line each."""
    lines = [f"connected in {probed.opened * 1000:.0f} ms"]
    if probed.left_over:
        kind = "a status that it sends by itself" if probed.left_over_is_status else "not a status"
        lines.append(f"unasked it sent {probed.left_over.hex(' ')}: {kind}")
    lines += [f"DLE EOT {query.value}: {_answered(answered)}" for query, answered in probed.statuses.items()]
    lines += [f"{name}: {text}" for name, text in probed.names.items()]
    lines.append(_ACKS[probed.ack] if probed.obstacle is None else "it was not asked whether it acknowledges")
    return lines


def _answered(answered: Answered | None) -> str:
    if answered is None:
        return "no answer"
    return f"{', '.join(sorted(answered.conditions)) or 'all is well'} ({answered.seconds * 1000:.1f} ms)"


def _ack_after(outcome: PrintOutcome, ack: Ack, tell: Callable[[str], None]) -> Ack:
    """An acknowledgement that came with nothing printed and not after a slip is none."""
    if outcome.state is PrintState.PRINTED:
        tell("it has acknowledged the test slip")
    elif outcome.state is PrintState.SENT:
        tell("the test slip is sent; whether it was printed only you can see")
    elif outcome.reason is PrintReason.NO_ACK:
        tell("it has NOT acknowledged the test slip: it is taken for one that does not say when it is done")
        return Ack.NONE
    else:
        reason = outcome.reason and (_REASONS.get(outcome.reason) or outcome.reason.value)
        raise SetUpFailed(f"the test slip did not get through ({reason}): see to that, and probe it again")
    return ack
