"""误评 and 恶意 that were excluded after review: they stay visible with their cases, and are in no figure."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists

from server.hall.low_rating import LOW
from server.store import tables

_VOTE, _CASE = tables.evaluation.c, tables.redress.c

IS_EXCLUDED: ColumnElement[bool] = and_(
    _VOTE.level.is_not(None),
    _VOTE.level.in_(LOW),
    exists().where(_CASE.hall == _VOTE.hall, _CASE.ticket == _VOTE.ticket, _CASE.leg == _VOTE.leg, _CASE.excluded),
)
"""Of an evaluation: true or false, never null. Only low ratings have cases, so that the others cost no look."""
