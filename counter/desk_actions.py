"""Everything that a clerk can do at the desk, in the order in which it is shown: the one table that the buttons, the
menu of further actions, the keys and their overview are made from.

A new action is a line here, a field of `server.config.desk_keys.KeySettings` for its key, and in `desk.js` its doing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


class Place(StrEnum):
    """Where an action has its button. What is at none has only its key."""

    MAIN = "main"
    BUTTON = "button"
    BELOW = "below"
    MORE = "more"
    TICKET = "ticket"
    HEAD = "head"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class DeskAction:
    """`words`: on its button and in the overview of the keys; `icon`: of the sprite, where this table draws it."""

    name: str
    place: Place
    words: LazyString
    icon: str = ""


ACTIONS = (
    DeskAction("main", Place.MAIN, _l("Next step: call, start, finish and call")),
    DeskAction("finish", Place.BUTTON, _l("Finish only"), "check"),
    DeskAction("hold", Place.BUTTON, _l("Hold"), "hourglass"),
    DeskAction("transfer", Place.BUTTON, _l("Transfer"), "swap"),
    DeskAction("slip", Place.BUTTON, _l("Notice slip"), "receipt"),
    DeskAction("recall", Place.BUTTON, _l("Recall"), "recall"),
    DeskAction("no_show", Place.BUTTON, _l("No-show"), "skip"),
    DeskAction("more", Place.BELOW, _l("More")),
    DeskAction("undo", Place.TICKET, _l("Take it back")),
    DeskAction("call", Place.MORE, _l("Call by number"), "speaker"),
    DeskAction("direct", Place.MORE, _l("Serve directly"), "person"),
    DeskAction("resume", Place.MORE, _l("Go on with a number on hold"), "play"),
    DeskAction("rejoin", Place.MORE, _l("Back in line"), "recall"),
    DeskAction("put_back", Place.MORE, _l("Let the called one wait again"), "clock"),
    DeskAction("priority", Place.MORE, _l("Give priority"), "heart-hand"),
    DeskAction("verify", Place.MORE, _l("Certificate seen"), "id-card"),
    DeskAction("bookings", Place.MORE, _l("Bookings today"), "calendar"),
    DeskAction("services", Place.MORE, _l("Services of this window"), "grid"),
    DeskAction("not_shown", Place.MORE, _l("Certificate not shown"), "cross"),
    DeskAction("outcome", Place.MORE, _l("Finish with an outcome"), "check"),
    DeskAction("refer", Place.MORE, _l("First contact: hand over"), "swap"),
    DeskAction("correct", Place.MORE, _l("Correct an outcome"), "pencil"),
    DeskAction("again", Place.MORE, _l("Print a notice again"), "printer"),
    DeskAction("issue", Place.MORE, _l("Give a number"), "ticket"),
    DeskAction("paper", Place.MORE, _l("Numbers on paper"), "receipt"),
    DeskAction("hand_over", Place.MORE, _l("Hand the window over"), "swap"),
    DeskAction("pause", Place.HEAD, _l("Pause service, or reopen")),
    DeskAction("menu", Place.HEAD, _l("Your own menu: sound, leaving")),
    DeskAction("leave", Place.HEAD, _l("Close this window")),
    DeskAction("sign_out", Place.HEAD, _l("Close it and sign out")),
    DeskAction("waiting", Place.PAGE, _l("Go to who waits")),
    DeskAction("aside", Place.PAGE, _l("Go to held and passed")),
    DeskAction("devices", Place.PAGE, _l("Go to what is said of devices")),
    DeskAction("help", Place.PAGE, _l("All keys")),
)

_MARKS = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def at(place: Place) -> list[DeskAction]:
    return [action for action in ACTIONS if action.place is place]


def marked(place: Place) -> list[tuple[str, DeskAction]]:
    """Each with the digit or letter that chooses it while its menu is open."""
    return list(zip(_MARKS, at(place), strict=False))
