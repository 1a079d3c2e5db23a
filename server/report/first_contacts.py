"""首问 of a day, and what became of each. Blocks: run it off the hub."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from server.hall.plan import HallPlan
from server.messages import FirstContactOut, ResultOut
from server.report.result_messages import FirstOut
from server.store.first_contacts import AskedFirst, first_contacts_of
from server.store.reports import StaffName, staff_names


def first_contacts(connection: Connection, plan: HallPlan, day: date) -> list[FirstOut]:
    names = staff_names(connection, plan.id)
    found = sorted(first_contacts_of(connection, plan.id, day), key=lambda one: one.first["at"])
    return [_out(one, names) for one in found]


def _out(one: AskedFirst, names: dict[str, StaffName]) -> FirstOut:
    """The present leg, and the last outcome that is not that of handing over."""
    last = one.legs[-1]
    ended = [leg for leg in one.legs if leg.result is not None and leg.finish != "transfer"]
    result = ended[-1] if ended else None
    known = names.get(last.staff or "")
    return FirstOut(
        ticket=one.ticket,
        number=one.number,
        service=last.service,
        first=FirstContactOut.model_validate(one.first),
        state=one.state,
        window=last.window,
        staff=last.staff,
        name=known.name if known else last.staff or "",
        result=ResultOut(kind=result.result or "", quantity=result.quantity or 1, note=result.note or "")
        if result
        else None,
    )
