"""The kiosk's page, and the page of a citizen's own ticket on the phone."""

from __future__ import annotations

import io
from dataclasses import asdict
from hashlib import blake2b
from typing import Any, TypeVar

import segno
from flask import Blueprint, Response, current_app, jsonify, render_template, request
from flask_babel import get_locale
from limits import RateLimitItemPerMinute
from limits.strategies import MovingWindowRateLimiter
from pydantic import ValidationError

from kiosk.guides import guide_of, guides
from kiosk.pausing import paused_kiosks
from kiosk.printer.agent import NO_PRINTER
from kiosk.speech import SENTENCES, needed_clips, vocabulary
from kiosk.status import ticket_status
from kiosk.view import find_kiosk, kiosk_view
from server.config import Settings
from server.config.spans import to_spans
from server.hall.commands import CancelTicket, ExplainByPhone, VoteAgain, VoteByPhone
from server.messages import Message, PhoneReasonsIn, PhoneVoteIn
from server.voice.clip_set import PromptLanguage
from server.voice.pages import clip_manifest
from server.web.access import device_page, idempotency_key, staff
from server.web.context import context
from server.web.devices import Kind
from server.web.errors import Refused
from server.web.tickets import status_url

pages = Blueprint(
    "kiosk", __name__, template_folder="templates", static_folder="static", static_url_path="/kiosk/static"
)
_A_DAY = 86_400
VOTE_LIMITER = "phone_votes"
_VOTES = RateLimitItemPerMinute(120)


@pages.get("/kiosk/<kiosk>")
@device_page(Kind.KIOSK, "kiosk")
def home(kiosk: str) -> str:
    """The touch page."""
    running = context()
    find_kiosk(running.settings, kiosk)
    now = running.hall.clock()
    printer = _printer_state(kiosk)
    paused, forecast = paused_kiosks(), running.hall.waits.forecast
    view = running.hall.read(lambda state: kiosk_view(state, running.settings, kiosk, printer, now, paused, forecast))
    voice = _voice(running.settings, "zh" if str(get_locale()).startswith("zh") else "en")
    return render_template("kiosk/home.html", view={**view, "now": now.isoformat()}, voice=voice)


@pages.get("/guide")
def guide_list() -> str:
    """办事指南: the services that have one, for phones; no login."""
    settings = context().settings
    return render_template("kiosk/guides.html", hall=_hall(), guides=guides(settings))


@pages.get("/guide/<service>")
def guide(service: str) -> str:
    """One service's guide."""
    return render_template("kiosk/guide.html", hall=_hall(), guide=guide_of(context().settings, service))


@pages.get("/t/<token>")
def status(token: str) -> str:
    """The address in the ticket's QR code. Whoever has the ticket may look; no login."""
    reasons = context().settings.evaluation.by_level()
    return render_template("kiosk/status.html", hall=_hall(), ticket=_status(token), reasons=reasons)


@pages.get("/t/<token>.json")
def status_json(token: str) -> Any:
    """The same as data; the phone asks again and again, and mostly hears that nothing has changed (304)."""
    told = _status(token)
    response = jsonify(told)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(_digest({**told, "updated_at": None}))
    return response.make_conditional(request)


@pages.post("/t/<token>/cancel")
def cancel(token: str) -> Any:
    """The citizen gives the number back."""
    _status(token)
    context().hall.do(CancelTicket(token), key=idempotency_key())
    return jsonify(_status(token))


@pages.post("/t/<token>/votes")
def vote(token: str) -> Any:
    """评价 for one leg. Whoever holds the ticket, never a member of the staff who is signed in on this browser."""
    body = _ballot_paper(PhoneVoteIn)
    context().hall.do(VoteByPhone(token, body.leg, body.level), key=idempotency_key())
    return jsonify(_status(token))


@pages.post("/t/<token>/votes-again")
def vote_again(token: str) -> Any:
    """再次评价 after the hall has answered a low rating; the first vote stays beside it."""
    body = _ballot_paper(PhoneVoteIn)
    context().hall.do(VoteAgain(token, body.leg, body.level), key=idempotency_key())
    return jsonify(_status(token))


@pages.post("/t/<token>/reasons")
def explain(token: str) -> Any:
    """Why: codes and own words, once, for the vote just given here."""
    body = _ballot_paper(PhoneReasonsIn)
    command = ExplainByPhone(token, body.leg, tuple(body.reasons), body.words)
    context().hall.do(command, key=idempotency_key())
    return jsonify(_status(token))


@pages.get("/t/<token>/qr.svg")
def qr(token: str) -> Response:
    """The QR code of the status address."""
    _status(token)  # of a ticket, and not of whatever stands in the address
    picture = io.BytesIO()
    code = segno.make(status_url(context().settings, token), error="m", micro=False)
    code.save(picture, kind="svg", border=2, dark="#0B1F3A", light="#FFFFFF", xmldecl=False, svgns=True)
    response = Response(picture.getvalue(), mimetype="image/svg+xml")
    response.headers["Cache-Control"] = f"private, max-age={_A_DAY}"
    return response


def _hall() -> dict[str, str]:
    hall = context().settings.hall
    return {"name": hall.name, "name_en": hall.name_en, "phone": hall.hotline, "time_zone": hall.time_zone}


def _voice(settings: Settings, language: PromptLanguage) -> dict[str, Any]:
    """What the page reads aloud with, and when it must not."""
    known = vocabulary(language, tuple(window.number for window in settings.windows), settings.voice.one)
    sound = settings.voice.kiosk
    return {
        "language": language,
        "sentences": SENTENCES,
        "vocabulary": known,
        "manifest": clip_manifest(settings, needed_clips(language, known)),
        "volume": sound.volume,
        "muted": [(span.start.isoformat(), span.end.isoformat()) for span in to_spans(sound.muted)],
    }


In = TypeVar("In", bound=Message)


def _ballot_paper(shape: type[In]) -> In:
    """What was sent. Raises Refused: by a signed-in member of the staff, too often from one address, or unreadable."""
    if staff() is not None:
        raise Refused(403, "forbidden")
    limiter: MovingWindowRateLimiter = current_app.extensions[VOTE_LIMITER]
    # A whole hall may share one address, so the limit is wide; what it slows down is guessing tokens.
    if not limiter.hit(_VOTES, str(request.remote_addr)):
        raise Refused(429, "too_many_attempts")
    try:
        return shape.model_validate(request.get_json(silent=True))
    except ValidationError:
        raise Refused(400, "bad_input") from None


def _status(token: str) -> dict[str, Any]:
    running = context()
    now = running.hall.clock()
    forecast = running.hall.waits.forecast
    told = running.hall.read(lambda state: ticket_status(state, running.settings, token, now, forecast))
    # An answer tells that the rating was low: not to a browser on which staff is signed in.
    return told if staff() is None else {**told, "answers": []}


def _digest(told: dict[str, Any]) -> str:
    return blake2b(repr(told).encode(), digest_size=12).hexdigest()


def _printer_state(kiosk: str) -> dict[str, str | None]:
    states = context().device_states()
    found = next((s for s in states if s["kind"] == "printer" and s["id"] == kiosk), None)
    none = asdict(NO_PRINTER)
    return {key: found[key] for key in none} if found else none
