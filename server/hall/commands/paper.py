"""What is printed, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass

from server.hall.commands.command import Command
from server.hall.facts import PrintFacts, TicketFacts
from server.hall.printing import PrintState, Slip


@dataclass(frozen=True, slots=True)
class ReprintTicket(Command[TicketFacts]):
    """补打: the same number on paper again, at the given kiosk's printer.

    Without `staff` a citizen asks at the kiosk itself: `typed` by the number, else with the ticket's secret.
    """

    ticket: str
    kiosk: str
    staff: str | None = None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class PrintSlip(Command[PrintFacts]):
    """A slip that is no ticket, at a kiosk's or a window's printer. `content`: JSON, what stands on it.

    `ticket`: the ticket that the slip belongs to, by id or token. `reckoned`: the same content with what the server
    adds, such as the time or the day's figures, which are others when the button is pressed again. `again`: 补打, of
    whatever paper of the same words there may be, perhaps none.
    """

    slip: Slip
    printer: str
    content: str
    ticket: str | None = None
    staff: str | None = None
    reckoned: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class PrintAgain(Command[PrintFacts]):
    """补打 of such a slip, with the very same words; `printer` where it is to come out somewhere else."""

    job: str
    printer: str | None = None
    staff: str | None = None


@dataclass(frozen=True, slots=True)
class ReportPrint(Command[None]):
    """The print agent tells how far a job has come."""

    job: str
    state: PrintState
    reason: str | None = None
