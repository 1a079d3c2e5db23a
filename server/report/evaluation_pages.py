"""评价统计: satisfaction over days, for leaders."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from flask import render_template
from flask_babel import gettext

from server.report.asked_days import today, way
from server.report.evaluation_api import asked_evaluations
from server.report.evaluation_sheets import grouping_words, line_word
from server.report.pages import pages, turned_away
from server.web.access import leader
from server.web.context import context

__all__ = ["pages"]


@pages.get("/report/evaluations")
def evaluations_page() -> Any:
    """评价统计, with the ways to the files."""
    if away := turned_away(gettext("Evaluation figures")):
        return away
    told = asked_evaluations()
    return render_template(
        "report/evaluations.html",
        hall=context().settings.hall,
        person=leader(),
        told=told,
        spans=usual_spans(today()),
        groupings=grouping_words(),
        word=lambda line: line_word(line, told.by),
        way=way,
    )


def usual_spans(day: date) -> list[tuple[str, date, date]]:
    """(what it is called, first day, last day), as of that day."""
    monday, month = day - timedelta(days=day.weekday()), day.replace(day=1)
    before = month - timedelta(days=1)
    return [
        (gettext("Today"), day, day),
        (gettext("This week"), monday, day),
        (gettext("Last week"), monday - timedelta(days=7), monday - timedelta(days=1)),
        (gettext("This month"), month, day),
        (gettext("Last month"), before.replace(day=1), before),
        (gettext("This year"), day.replace(month=1, day=1), day),
    ]
