"""评价: how long the window asks, and what a vote may be explained with."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from pydantic import Field, StringConstraints, field_validator

from server.config.section import Section, Text
from server.hall.evaluation import Level
from server.told import told


class ReasonSettings(Section):
    """One reason. The first digit of its national `code` is the level that it is for, as in 214 for 不满意."""

    code: Annotated[str, StringConstraints(pattern=r"^[1-5][0-9]{2}$")]
    name: Text
    name_en: str = ""


def _reason(code: str, name: str, name_en: str) -> ReasonSettings:
    return ReasonSettings(code=code, name=name, name_en=name_en)


# As a deployed 好差评 page has them, for the two levels that are 差评.
_NATIONAL = (
    _reason("207", "没有提供材料样本", "No sample of the papers"),
    _reason("208", "没有提供材料清单", "No list of the papers"),
    _reason("209", "未在承诺时间内办结", "Not done in the promised time"),
    _reason("210", "同样内容的证明材料被要求多次提交", "Asked for the same proof again"),
    _reason("211", "承诺网办但无法在线办理", "Promised online, not possible"),
    _reason("212", "在线预约办理后到实体大厅重复取号排队", "Had to queue despite a booking"),
    _reason("213", "窗口人员业务不熟练", "Staff did not know the matter"),
    _reason("214", "服务态度生硬", "Unfriendly service"),
    _reason("108", "在办事指南之外增加新的审批条件", "Conditions not in the guide"),
    _reason("109", "需提供办事指南之外的申报材料", "Papers not in the guide"),
    _reason("110", "无理由超过法定办理时间", "Over the legal time limit"),
    _reason("111", "办事指南提供样本有错", "The guide's sample was wrong"),
    _reason("112", "承诺在线收取申报材料实际无法收取", "Papers not taken online"),
    _reason("113", "多头跑窗口和部门", "Sent from desk to desk"),
    _reason("114", "跑动次数与承诺的不一致", "More visits than promised"),
    _reason("115", "服务态度差效率低", "Rude and slow service"),
)


Points = Annotated[float, Field(ge=0, le=1000)]


class EvaluationSettings(Section):
    """`timeout`: seconds a citizen has for the vote before it counts as 未评价. `reasons`: asked for after a level that
    has any on the list; always optional. `score`: the points of a vote of each level, for the weighted score.
    `rank_from`: with fewer votes than this nobody is ranked.
    """

    timeout: Annotated[float, Field(gt=0, le=600)] = 30
    reasons: Annotated[tuple[ReasonSettings, ...], Field(max_length=40)] = _NATIONAL
    score: dict[int, Points] = Field(default_factory=lambda: {5: 10.0, 4: 8.0, 3: 6.0, 2: 3.0, 1: 0.0})
    rank_from: Annotated[int, Field(ge=1, le=10_000)] = 10

    @field_validator("score")
    @classmethod
    def _whole(cls, score: dict[int, float]) -> dict[int, float]:
        levels = sorted(Level, reverse=True)
        if sorted(score) != sorted(levels):
            raise ValueError(told("give points for each of the levels 5, 4, 3, 2 and 1"))
        points = [score[level] for level in levels]
        if points != sorted(points, reverse=True):
            raise ValueError(told("a better level has at least the points of a worse one"))
        return score

    @field_validator("reasons")
    @classmethod
    def _fit(cls, reasons: tuple[ReasonSettings, ...]) -> tuple[ReasonSettings, ...]:
        twice = [code for code, count in Counter(reason.code for reason in reasons).items() if count > 1]
        if twice:
            raise ValueError(told("reason %(code)s stands there twice", code=twice[0]))
        full = [level for level, count in Counter(reason.code[0] for reason in reasons).items() if count > 8]
        if full:
            raise ValueError(
                told("level %(level)s has more than 8 reasons, which no screen at a window has room for", level=full[0])
            )
        return reasons

    def by_level(self) -> dict[str, list[dict[str, str]]]:
        """`{"2": [{code, name, name_en}]}`, for pages."""
        levels: dict[str, list[dict[str, str]]] = {}
        for reason in self.reasons:
            levels.setdefault(reason.code[0], []).append(reason.model_dump())
        return levels
