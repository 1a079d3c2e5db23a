"""Evaluations as tables for a spreadsheet, in the language of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import get_locale, gettext

from server.config import Settings
from server.hall.votes import Votes
from server.report.evaluation_messages import EvaluationsOut, VoteFiguresOut, VoteLineOut
from server.report.sheets import Cell, Sheet
from server.store.vote_sums import Grouping


def grouping_words() -> dict[Grouping, str]:
    return {
        Grouping.WINDOW: gettext("Window"),
        Grouping.CLERK: gettext("Clerk"),
        Grouping.SERVICE: gettext("Service"),
        Grouping.CHANNEL: gettext("Channel"),
        Grouping.DAY: gettext("Day"),
    }


def channel_words() -> dict[str, str]:
    return {
        "pad": gettext("Pad"),
        "screen": gettext("Screen at the window"),
        "phone": gettext("Citizen's phone"),
        "paper": gettext("On paper"),
    }


def line_word(line: VoteLineOut, by: Grouping) -> str:
    """What the line is called: a window by its number and name, a clerk by name and work number."""
    name = line.name if str(get_locale())[:2] == "zh" else line.name_en
    match by:
        case Grouping.WINDOW:
            return f"{line.key} {name}".strip()
        case Grouping.CLERK:
            return f"{name} {line.work_number}".strip()
        case Grouping.CHANNEL:
            return channel_words().get(line.key, line.key)
        case _:
            return name


def evaluation_sheet(told: EvaluationsOut) -> Sheet:
    """The whole hall first, then each line. Shares are percents, beside both of their numbers."""
    rows = [_row(gettext("All"), None, told.total)]
    rows += [_row(line_word(line, told.by), line.rank, line) for line in told.lines]
    return Sheet(
        name=grouping_words()[told.by],
        head=[grouping_words()[told.by], *_head()],
        rows=rows,
        notes=[
            f"{told.first} – {told.last}",
            gettext("Satisfaction = the first three levels ÷ rated. Silence is counted apart."),
            _few(told),
        ],
        grey=frozenset(place for place, line in enumerate(told.lines, start=1) if line.few),
    )


@dataclass(frozen=True, slots=True)
class DayWords:
    """The words of `days_sheet`, which is made in a thread: there is no request in it, and so no language."""

    name: str
    head: Sequence[str]
    windows: Mapping[str, str]

    @classmethod
    def of(cls, settings: Settings) -> DayWords:
        head = ("Day", "Window", "Asked", "Rated", "Satisfied votes", "Low ratings")
        zh = str(get_locale())[:2] == "zh"
        windows = {str(window.number): window.name if zh else window.name_en for window in settings.windows}
        return cls(gettext("Windows by day"), [gettext(word) for word in head], windows)


def days_sheet(votes: Mapping[tuple[str, str], Votes], words: DayWords) -> Sheet:
    """Each window on each day."""
    ordered = sorted(votes.items(), key=lambda one: (one[0][0], int(one[0][1])))
    rows = [
        (day, f"{window} {words.windows.get(window, '')}".strip(), one.asked, one.voted, one.satisfied, one.low)
        for (day, window), one in ordered
    ]
    return Sheet(words.name, words.head, rows)


def _few(told: EvaluationsOut) -> str:
    return str(gettext("Grey: fewer than %(n)s votes, too few to be compared.", n=told.rank_from))


def _head() -> list[str]:
    levels = ("Very satisfied", "Satisfied", "Fairly satisfied", "Dissatisfied", "Very dissatisfied")
    return [
        gettext("Rank"),
        gettext("Satisfaction, %"),
        gettext("Satisfied votes"),
        gettext("Rated"),
        gettext("Participation, %"),
        gettext("Asked"),
        *(gettext(level) for level in levels),
        gettext("Not rated"),
        gettext("May still be given"),
        gettext("Low ratings"),
        gettext("Low ratings, %"),
        gettext("Low ratings due"),
        gettext("Closed in time"),
        gettext("Closed in time, %"),
        gettext("Excluded after review"),
        gettext("Weighted score"),
    ]


def _row(word: str, rank: int | None, figures: VoteFiguresOut) -> list[Cell]:
    asked = figures.participation
    return [
        word,
        rank,
        figures.satisfied.percent,
        figures.satisfied.part,
        figures.voted,
        asked.percent if asked else None,
        asked.whole if asked else None,
        *(figures.levels[level] for level in (5, 4, 3, 2, 1)),
        figures.unrated,
        figures.open,
        figures.low.part,
        figures.low.percent,
        figures.handled.whole,
        figures.handled.part,
        figures.handled.percent,
        figures.excluded,
        figures.score,
    ]
