"""评价核查: figures about how votes came about, and the list behind each, for leaders."""

from __future__ import annotations

from typing import Any

from flask import render_template
from flask_babel import gettext

from server.report.asked_days import today, way
from server.report.evaluation_pages import pages, usual_spans
from server.report.evaluation_sheets import channel_words
from server.report.evidence import BOUNDS
from server.report.evidence_api import asked, asked_evidence, asked_figure, asked_votes
from server.report.evidence_messages import Group
from server.report.evidence_report import Seen
from server.report.pages import turned_away
from server.web.access import leader
from server.web.context import context

__all__ = ["pages"]


@pages.get("/report/evidence")
def evidence_page() -> Any:
    if away := turned_away(gettext("Evidence")):
        return away
    told = asked_evidence()
    found = {why for line in told.lines for why in line.unheard}
    return render_template(
        "report/evidence.html",
        hall=context().settings.hall,
        person=leader(),
        told=told,
        spans=usual_spans(today())[:5],
        groupings={"window": gettext("Window"), "clerk": gettext("Clerk")},
        stretches=stretch_words(),
        reasons={why: words for why, words in unheard_words().items() if why in found},
        levels=level_words(),
        way=way,
    )


@pages.get("/report/evidence/votes")
def evidence_votes_page() -> Any:
    """The votes or presses that a figure counts."""
    if away := turned_away(gettext("Evidence")):
        return away
    asking, seen, found = asked(), asked_figure(), asked_votes()
    return render_template(
        "report/evidence_votes.html",
        hall=context().settings.hall,
        person=leader(),
        asking=asking,
        found=found,
        title=_title(seen),
        back=way("/report/evidence", first=asking.first, last=asking.last, by=asking.by),
        levels=level_words(),
        channels=channel_words(),
        reasons=unheard_words(),
        group=_group(found.group, asking.by),
    )


def level_words() -> dict[int, str]:
    return {
        5: gettext("Very satisfied"),
        4: gettext("Satisfied"),
        3: gettext("Fairly satisfied"),
        2: gettext("Dissatisfied"),
        1: gettext("Very dissatisfied"),
    }


def unheard_words() -> dict[str, str]:
    return {
        "before_invitation": gettext("Before the invitation"),
        "no_evaluation": gettext("Nobody was asked"),
        "already_voted": gettext("Voted already"),
        "unknown_age": gettext("Perhaps before the invitation"),
        "unknown_key": gettext("Key without a level"),
        "chattering": gettext("Key that stuck"),
        "late": gettext("After the question was over"),
    }


def stretch_words() -> list[str]:
    """What each stretch of the distribution is called."""
    first, *others = BOUNDS
    words = [gettext("under %(n)s s", n=first)]
    words += [gettext("%(start)s–%(end)s s", start=a, end=b) for a, b in zip(BOUNDS, others, strict=False)]
    return [*words, gettext("%(n)s s and more", n=BOUNDS[-1])]


def _group(name: str, by: Group) -> str:
    if not name:
        return str(gettext("All"))
    return str(gettext("Window %(number)s", number=name)) if by == "window" else name


def _title(seen: Seen) -> str:
    words = {
        "asked": gettext("Asked"),
        "unrated": gettext("Not rated"),
        "presses": gettext("Presses"),
        "fast": gettext("Presses under 1 s"),
        "bursts": gettext("Votes in bursts"),
        "run": gettext("Longest run of one level"),
        "unheard": gettext("Presses not counted"),
    }
    if seen.what == "stretch":
        return stretch_words()[int(seen.place or 0)]
    if seen.what == "hour":
        return str(gettext("Presses from %(hour)s:00 to %(hour)s:59", hour=seen.place))
    why = unheard_words().get(seen.place or "", seen.place)
    return f"{words[seen.what]} {why}" if why else str(words[seen.what])
