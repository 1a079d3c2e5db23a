"""首问转办: whoever was asked first hands the citizen over, and stays known."""

from __future__ import annotations

from server.hall import commands as cmd
from server.hall import events as ev
from server.hall.decisions.decision import Decision, Now, check_seen, staffed_window
from server.hall.decisions.issuing import issue_ticket
from server.hall.decisions.paper import print_job
from server.hall.decisions.passing_on import transfer_ticket
from server.hall.errors import BadPhone, TextLength, UnknownTarget
from server.hall.facts import ticket_facts
from server.hall.first_contact import LONGEST_NOTE
from server.hall.state import HallState
from server.hall.ticket import Ticket
from server.hall.window import Window

_PHONE = 4


def refer_citizen(state: HallState, command: cmd.ReferCitizen, now: Now) -> Decision:
    """With a ticket a transfer, which counts as 转办; without one a new number of the right service."""
    window = staffed_window(state, command)
    check_seen(window, command.seen)
    if command.phone and not (command.phone.isascii() and command.phone.isdigit() and len(command.phone) == _PHONE):
        raise BadPhone
    note = " ".join(command.note.split())
    if len(note) > LONGEST_NOTE:
        raise TextLength(most=LONGEST_NOTE)
    ticket = window.ticket
    events = _sent_on(state, command, note, now) if ticket else _new_number(state, command, now)
    about = ticket.id if ticket else events[0].ticket or ""
    if ticket is None or ticket.first is None:
        events.insert(1, _recorded(window, ticket, about, command, note, now))
    return Decision(events, lambda: ticket_facts(state.tickets[about]))


def _sent_on(state: HallState, command: cmd.ReferCitizen, note: str, now: Now) -> list[ev.Event]:
    transfer = cmd.TransferTicket(
        command.window,
        command.staff,
        command.service,
        command.to_window,
        command.to_staff,
        command.order,
        note=note,
        referred=True,
        seen=command.seen,
    )
    return transfer_ticket(state, transfer, now).events


def _new_number(state: HallState, command: cmd.ReferCitizen, now: Now) -> list[ev.Event]:
    """By the hall's rules for everybody: its hours, its quotas. Raises what taking a number raises."""
    if command.service is None or command.to_window is not None or command.to_staff is not None:
        raise UnknownTarget
    wanted = cmd.IssueTicket(command.service, printed=False, staff=command.staff, priority=command.priority)
    events = issue_ticket(state, wanted, now).events
    if command.printer is not None:
        events.append(print_job(state, events[0].ticket or "", command.printer, now, copy=1, marked=False))
    return events


def _recorded(
    window: Window, ticket: Ticket | None, about: str, command: cmd.ReferCitizen, note: str, now: Now
) -> ev.FirstContactRecorded:
    clerk = window.clerk
    return ev.FirstContactRecorded(
        at=now.at,
        ticket=about,
        leg=ticket.leg.index if ticket else 1,
        window=window.number,
        staff=command.staff,
        name=clerk.name if clerk else command.staff,
        work_number=clerk.number if clerk else "",
        note=note,
        phone=command.phone,
    )
