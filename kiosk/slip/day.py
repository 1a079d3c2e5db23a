"""What the day came to so far, counted from the hall's state."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.slip.words import Names
from server.config import Settings
from server.hall.evaluation import Outcome
from server.hall.printing import ENDED, PrintState
from server.hall.state import HallState
from server.hall.ticket import Finish, State, Ticket
from server.messages.slips import ClerkOnPaper, DaySlip, ServiceOnPaper, WorkOnPaper

_UNDER_WAY = "under_way"
_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class _Work:
    """`waits` were to the first call of a leg."""

    issued: int = 0
    served: int = 0
    no_show: int = 0
    cancelled: int = 0
    waits: int = 0
    waited: timedelta = timedelta()

    def add(self, other: _Work) -> None:
        self.issued += other.issued
        self.served += other.served
        self.no_show += other.no_show
        self.cancelled += other.cancelled
        self.waits += other.waits
        self.waited += other.waited

    def on_paper(self) -> WorkOnPaper:
        return WorkOnPaper(
            issued=self.issued,
            served=self.served,
            no_show=self.no_show,
            cancelled=self.cancelled,
            wait=round(self.waited / self.waits / _MINUTE) if self.waits else None,
        )


def day_content(state: HallState, settings: Settings, clerk: ClerkOnPaper, at: datetime) -> DaySlip:
    local = state.plan.local(at)
    services = _services(state.tickets.values())
    total = _Work()
    for work in services.values():
        total.add(work)
    names = Names(settings)
    votes = [evaluation for evaluation in state.evaluations.values() if evaluation.outcome is Outcome.VOTED]
    counting = [vote for vote in votes if not state.is_excluded(vote)]
    papers = Counter(_paper(job.state) for job in state.prints.values())
    return DaySlip(
        day=state.day or local.date(),
        at=local,
        services=tuple(
            ServiceOnPaper(name=names.of(service), **services[service.code].on_paper().model_dump())
            for service in settings.services
            if service.code in services
        ),
        total=total.on_paper(),
        levels=dict(Counter(int(vote.level) for vote in counting if vote.level is not None)),
        unrated=sum(evaluation.outcome is Outcome.UNRATED for evaluation in state.evaluations.values()),
        excluded=len(votes) - len(counting),
        papers=dict(sorted(papers.items())),
        clerk=clerk,
    )


def _services(tickets: Iterable[Ticket]) -> dict[str, _Work]:
    """By code, those that had to do with the day. A number counts where it was taken, and where it ended."""
    found: defaultdict[str, _Work] = defaultdict(_Work)
    for ticket in tickets:
        found[ticket.legs[0].service].issued += 1
        last = found[ticket.leg.service]
        last.no_show += ticket.state is State.NO_SHOW
        last.cancelled += ticket.state is State.CANCELLED
        for leg in ticket.legs:
            work = found[leg.service]
            work.served += leg.finish in (Finish.CLERK, Finish.NEXT_CALL)
            if leg.called_at is not None:
                work.waits += 1
                work.waited += leg.called_at - leg.queued_at
    return dict(found)


def _paper(state: PrintState) -> str:
    return state.value if state in ENDED else _UNDER_WAY
