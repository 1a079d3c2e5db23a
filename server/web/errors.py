"""Every failure in one shape and in the reader's language: JSON for `/api`, a page for people."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Flask, Response, render_template, request
from flask_babel import format_date, format_datetime
from flask_babel import lazy_gettext as _l
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from server.engine.errors import EngineError, KeyReused
from server.hall.errors import Conflict, HallClosed, HallError, NotFound, QuotaUsed, ServiceSuspended
from server.messages import ErrorDetail, ErrorOut
from server.web.answer import answer

_log = logging.getLogger(__name__)

_SENTENCES = {
    "unknown_service": _l("This service is not offered here."),
    "unknown_window": _l("There is no window %(window)s."),
    "unknown_priority": _l("This priority class does not exist here."),
    "unknown_ticket": _l("This number is not known here today."),
    "unknown_level": _l("Please choose one of the five levels."),
    "hall_closed": _l("No numbers are given now."),
    "hall_closed_until": _l("No numbers are given now. Numbers from %(opens_at)s."),
    "quota_used": _l("All numbers of this service are taken."),
    "quota_used_until": _l("All numbers of this service are taken. Numbers from %(opens_at)s."),
    "service_suspended": _l("This service gives no numbers now: %(reason)s."),
    "identity_needed": _l("Please show your ID card to take a number."),
    "reason_needed": _l("Please give a reason: this is an exception."),
    "wake_time_needed": _l("Please say when %(number)s goes on."),
    "unknown_target": _l("It cannot be transferred there now."),
    "unknown_appointment": _l("No booking was found under this."),
    "unknown_slot": _l("This time cannot be booked."),
    "unknown_notice": _l("This notice is not there any more."),
    "unknown_announcement": _l("This announcement is not known here today."),
    "text_length": _l("Please write between 1 and %(most)s characters."),
    "bad_span": _l("This would end before it starts, or lies years away."),
    "already_over": _l("This end has passed already. Please choose a later one, or none."),
    "unreadable_text": _l("Braces are only for the pinyin of the character before them, such as {chong2}."),
    "announcement_bounds": _l("An announcement is spoken 1 to %(most)s times and shown for a day at most."),
    "roster_out_of_reach": _l("A roster is for today or a day of the next year."),
    "duty_unclear": _l("A leader on duty needs a name, and a window on duty its number."),
    "too_many_duties": _l("A day has at most %(most)s people on duty."),
    "too_many_notices": _l("There are %(most)s notices already. Please withdraw one first."),
    "too_many_announcements": _l("%(most)s announcements are shown already. Please end one first."),
    "not_called_enough": _l("%(number)s has been called %(calls)s times; %(needed)s are needed before it is passed."),
    "number_void": _l("%(number)s was called more than %(minutes)s minutes ago. Please take a new number."),
    "rejoin_at_desk": _l("Please ask at the service desk about %(number)s."),
    "called_now": _l("%(number)s is being called now. Please go to window %(window)s."),
    "nothing_to_rejoin": _l("%(number)s has not missed a call. Please ask at the service desk."),
    "not_in_line": _l("%(number)s is not in line now. Please ask at the service desk."),
    "paper_known": _l("%(number)s has a slip. Scan its code here to print it again."),
    "papers_enough": _l("%(number)s has been printed often enough. Please ask at the service desk."),
    "kiosk_paused": _l("This kiosk gives no numbers now. Please use another one."),
    "too_many_guesses": _l("Too many wrong digits were entered here. Please ask at the service desk."),
    "wrong_pin": _l("This PIN is wrong."),
    "panel_closed": _l("The panel has closed. Please enter the PIN again."),
    "held_elsewhere": _l("The papers of %(number)s are at window %(window)s."),
    "unknown_leg": _l("%(number)s has no such service."),
    "unknown_document_notice": _l("No notice of missing documents has the number %(notice)s."),
    "bad_span_of_days": _l("Please choose at most %(most)s days, the first before the last."),
    "unknown_return": _l("No second return is known there."),
    "quantity_bounds": _l("Please enter a quantity from 1 to %(most)s."),
    "too_many_documents": _l("Please name between 1 and %(most)s documents."),
    "due_out_of_reach": _l("Please choose a day from today to a year ahead."),
    "bad_phone": _l("Please enter the last four digits of the phone number, or leave it empty."),
    "not_serving": _l("%(number)s is not being served. Start the service first."),
    "notice_of_this_visit": _l("Notice %(notice)s belongs to this very visit."),
    "no_result": _l("%(number)s has no outcome that could be corrected."),
    "not_your_service": _l("A colleague served %(number)s. Only they or a leader correct the outcome."),
    "too_late_to_undo": _l("It is too late to take this back."),
    "person_has_number": _l("You already have number %(number)s for this service."),
    "person_limit": _l("One person may take %(most)s numbers a day."),
    "slot_full": _l("This time is fully booked."),
    "several_appointments": _l("Several bookings end in these digits. Please enter the booking code."),
    "not_today": _l("This booking is for %(start)s."),
    "home_visit": _l("Our staff come to you: you need not check in."),
    "illegal_booking": _l("This booking is closed."),
    "window_closed": _l("Window %(window)s is closed. Sign in at the window first."),
    "window_paused": _l("Window %(window)s is paused. Reopen it first."),
    "window_not_paused": _l("Window %(window)s is not paused."),
    "window_busy": _l("Window %(window)s is still busy with %(number)s."),
    "not_your_window": _l("A colleague has signed in at window %(window)s."),
    "sits_elsewhere": _l("You still have %(number)s at window %(window)s. Finish there first, or hand over."),
    "unread_hand_over": _l("Please read first what %(name)s left at window %(window)s."),
    "nothing_handed_over": _l("Nothing was handed over at window %(window)s."),
    "own_hand_over": _l("The colleague who takes window %(window)s over says that it was read."),
    "no_paper_numbers": _l("This hall keeps no numbers for paper."),
    "not_on_paper": _l("Only %(first)s to %(last)s are on paper, not %(numbers)s. Nothing was entered."),
    "numbers_entered": _l("Entered before: %(numbers)s. Nothing was entered now."),
    "too_many_numbers": _l("Please enter between 1 and %(most)s numbers at once."),
    "bad_taken_time": _l("Numbers are taken today, and not later than now."),
    "unreadable_numbers": _l("Please check this: %(part)s"),
    "no_open_ticket": _l("Nobody has been called to window %(window)s."),
    "stale_roster": _l("Somebody else has changed the roster of this day meanwhile."),
    "stale_screen": _l("Window %(window)s has changed meanwhile. Please look again."),
    "illegal_transition": _l("%(number)s cannot do that in its present state."),
    "evaluation_closed": _l("The evaluation is closed."),
    "voting_over": _l("The time in which this service could be rated is over."),
    "already_explained": _l("Your reasons have been received already."),
    "unknown_case": _l("This rating is not here to be worked on."),
    "stale_case": _l("Somebody else has worked on this rating meanwhile. Please look again."),
    "case_ended": _l("This rating has been closed."),
    "wrong_step": _l("Another step comes first."),
    "appeal_pending": _l("The appeal must be decided first."),
    "already_appealed": _l("There has been an appeal about this rating."),
    "no_appeal": _l("No appeal waits for a decision."),
    "own_appeal": _l("Somebody else than the one who appealed decides."),
    "not_asked_again": _l("This service is not to be rated again."),
    "verdict_needed": _l("Please say whether it is so."),
    "call_time_wrong": _l("A call is made after the rating, and not later than now."),
    "own_service": _l("Nobody enters a vote for a service of their own."),
    "wrong_reason": _l("%(reason)s is no reason for this level here."),
    "paper_day_wrong": _l("The form's day is that of the service or later, and not after today."),
    "already_voted": _l("This service has already been rated. Thank you."),
    "unknown_print_job": _l("This print job is not known."),
    "print_job_ended": _l("This print job has ended."),
    "print_out_of_order": _l("This print job is at another step."),
    "font_missing": _l("No Chinese font is installed on the server: install fonts-noto-cjk."),
    "paper_coming": _l("It is being printed already. Please wait a moment."),
    "not_to_be_printed": _l("A slip of this kind cannot be printed that way."),
    "key_reused": _l("This request was sent before for something else."),
    "starting": _l("The system is starting. Please try again in a moment."),
    "standing_by": _l("Another server runs this hall. Please try again in a moment."),
    "write_failed": _l("The system could not save this. Please try again."),
    "overloaded": _l("Too many requests at once. Please try again."),
    "stopping": _l("The system is stopping. Please try again in a moment."),
    "bad_input": _l("The request is not complete or not correct."),
    "login_required": _l("Please sign in first."),
    "wrong_password": _l("The user name or the password is wrong."),
    "too_many_attempts": _l("Too many attempts. Please wait a minute."),
    "forbidden": _l("You may not do this."),
    "cross_origin": _l("This request came from another site."),
    "staff_signed_in": _l("Nobody rates here while somebody of the staff is signed in in this browser."),
    "device_unknown": _l("This device is not registered. Please ask the staff."),
    "agent_elsewhere": _l("Another agent of this name is connected."),
    "still_chattering": _l("It still sends by itself. Free its keys or pull its cable first."),
    "agent_away": _l("The PC that it hangs on does not answer."),
    "no_printer": _l("This kiosk has no printer."),
    "config_refused": _l("The configuration has mistakes. Nothing was changed."),
    "config_fixed": _l("This server does not run from a configuration file that could be read again."),
    "no_picture": _l("This is no photo. Please choose a JPEG, PNG or WebP picture."),
    "picture_too_large": _l("This photo is too large: 5 MB at most."),
    "not_found": _l("There is nothing here."),
    "error": _l("Something went wrong. Please call the staff."),
}


class Refused(Exception):
    """A refusal that is the web's own, not the hall's: not signed in, not allowed, too often.

    `details`: for bad input, each mistake with the name of its field, as `bad_input` gives them.
    """

    def __init__(self, status: int, code: str, details: Sequence[str] = (), **params: object) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.details = list(details)
        self.params = params


def set_up_errors(app: Flask) -> None:
    app.register_error_handler(HallError, lambda e: failure(_hall_status(e), e.code, e.params))
    app.register_error_handler(EngineError, lambda e: failure(503, e.code))
    app.register_error_handler(KeyReused, lambda e: failure(409, e.code))
    app.register_error_handler(Refused, lambda e: failure(e.status, e.code, e.params, e.details))
    app.register_error_handler(HTTPException, _http_failure)
    app.register_error_handler(Exception, _bug)


def sentence(code: str, params: dict[str, object] | None = None) -> str:
    """What a person reads for an error code."""
    params = dict(params or {})
    if isinstance(params.get("opens_at"), datetime):
        code = f"{code}_until"
    for name, value in params.items():
        if isinstance(value, datetime):
            params[name] = _opening(value)
    text = _SENTENCES.get(code, _SENTENCES["error"])
    return str(text) % params if params else str(text)


def _opening(local: datetime) -> str:
    """The time, and the day unless it is today's. The hall gives its own local time: it is shown as it stands."""
    text: str = format_datetime(local, "HH:mm", rebase=False)
    if local.date() == datetime.now(local.tzinfo).date():
        return text
    return f"{format_date(local, 'long', rebase=False)} {text}"


def failure(status: int, code: str, params: dict[str, object] | None = None, details: list[str] | None = None) -> Any:
    message = sentence(code, params)
    if _wants_json():
        body = ErrorOut(error=ErrorDetail(code=code, message=message, details=details or []))
        response = answer(body)
    else:
        page = render_template("web/error.html", code=code, message=message, passing=status >= 500)
        response = Response(page, mimetype="text/html")
    response.status_code = status
    if status == 503:
        response.headers["Retry-After"] = "1"
    return response


def bad_input(error: ValidationError) -> Any:
    """400 with every mistake and its path."""
    details = [f"{'.'.join(str(part) for part in e['loc'])}: {e['msg']}" for e in error.errors()]
    return failure(400, "bad_input", details=details)


def _hall_status(error: HallError) -> int:
    if isinstance(error, NotFound):
        return 404
    if isinstance(error, HallClosed | QuotaUsed | ServiceSuspended):
        return 423
    return 409 if isinstance(error, Conflict) else 400


def _http_failure(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    if error.code == 404:
        return failure(404, "not_found")
    return failure(error.code, "bad_input" if error.code < 500 else "error")


def _bug(error: Exception) -> Any:
    _log.exception("a request failed", exc_info=error)
    return failure(500, "error")


def _wants_json() -> bool:
    return request.path.startswith("/api/") or request.path.endswith(".json") or request.method != "GET"
