"""What can happen to a number here: no-shows, identities, second thoughts."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Self

from pydantic import Field, model_validator

from server.config.section import Section, Text
from server.hall.result import ResultKind
from server.hall.rules import NoShowRule, PaperRange, PersonRule, RedressRule, Rules
from server.told import told

Minutes = Annotated[int, Field(ge=1, le=24 * 60)]


class NoShowSettings(Section):
    """过号. `calls` before it is allowed; who comes back within `rejoin_within` minutes (null: any time today) stands
    behind the next `rejoin_after` of the line (null: at its end), `at_kiosk` by themselves.
    """

    calls: Annotated[int, Field(ge=1, le=9)] = 1
    rejoin_after: Annotated[int, Field(ge=1, le=99)] | None = 3
    rejoin_within: Minutes | None = 60
    at_kiosk: bool = True


class IdentitySettings(Section):
    """一人一号. `per_service`: open numbers a person may have for one service; `per_day`: numbers a day; null: any."""

    required: bool = False
    per_service: Annotated[int, Field(ge=1, le=99)] | None = 1
    per_day: Annotated[int, Field(ge=1, le=99)] | None = None


class WaitSettings(Section):
    """`promise`: minutes that nobody should wait longer than; beyond them the leader is told which window to open.
    `elsewhere`: where else whoever would probably not be called today may go, as a kiosk says it; null: nowhere.
    """

    promise: Minutes = 20
    elsewhere: Text | None = None
    elsewhere_en: Text | None = None


class ResultsSettings(Section):
    """`default`: what a finish comes to when the clerk does not say, and the service has none of its own.

    `same_matter`: days within which somebody who comes for the same service again comes for the same matter.
    """

    default: ResultKind = ResultKind.DONE
    same_matter: Annotated[int, Field(ge=1, le=366)] = 90


WorkingDays = Annotated[int, Field(ge=1, le=60)]


class RedressSettings(Section):
    """差评, in working days: verified within `verify_days`, closed within `close_days`; the citizen may vote again for
    `revote_days` after the answer. `soon_days` before a deadline the leader is warned. `sound`: the leader's page rings
    when a low rating comes.
    """

    verify_days: WorkingDays = 1
    close_days: WorkingDays = 5
    revote_days: WorkingDays = 5
    soon_days: Annotated[int, Field(ge=0, le=60)] = 1
    sound: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.close_days < self.verify_days:
            raise ValueError(told("close_days is before verify_days"))
        return self

    def rule(self) -> RedressRule:
        return RedressRule(self.verify_days, self.close_days, self.revote_days, self.soon_days)


class PaperSettings(Section):
    """Numbers of every prefix that are kept for paper, both ends included: no machine gives them."""

    first: Annotated[int, Field(ge=1, le=999)]
    last: Annotated[int, Field(ge=1, le=999)]

    @model_validator(mode="after")
    def _some(self) -> Self:
        if self.last < self.first:
            raise ValueError(told("ends before it starts"))
        return self


class RulesSettings(Section):
    """`undo`: seconds in which a finish or a no-show can be taken back. `near`: people ahead from which a phone says
    that it is nearly somebody's turn. `paper`: the numbers of pre-numbered blocks; null: none.
    """

    no_show: NoShowSettings = NoShowSettings()
    identity: IdentitySettings = IdentitySettings()
    wait: WaitSettings = WaitSettings()
    results: ResultsSettings = ResultsSettings()
    redress: RedressSettings = RedressSettings()
    undo: Annotated[int, Field(ge=0, le=600)] = 30
    near: Annotated[int, Field(ge=0, le=99)] = 3
    paper: PaperSettings | None = None

    def rules(self) -> Rules:
        within = self.no_show.rejoin_within
        return Rules(
            no_show=NoShowRule(
                calls=self.no_show.calls,
                rejoin_after=self.no_show.rejoin_after,
                rejoin_within=None if within is None else timedelta(minutes=within),
                at_kiosk=self.no_show.at_kiosk,
            ),
            person=PersonRule(
                required=self.identity.required,
                open_per_service=self.identity.per_service,
                per_day=self.identity.per_day,
            ),
            undo_within=timedelta(seconds=self.undo),
            promise=timedelta(minutes=self.wait.promise),
            paper=PaperRange(self.paper.first, self.paper.last) if self.paper else None,
            redress=self.redress.rule(),
        )
