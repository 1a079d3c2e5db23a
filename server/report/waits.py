"""What citizens were told of their wait today, beside what came, and which window would help now."""

from __future__ import annotations

from server.engine import HallEngine
from server.hall.wait.record import LEAST_KEPT, by_hour
from server.report.messages import HintOut, ToldWaitOut, WaitsOut, WithheldWaitsOut


def waits_out(hall: HallEngine) -> WaitsOut:
    hint, short = hall.waits.hint, hall.waits.came_true
    return WaitsOut(
        promise=int(hall.plan.rules.promise.total_seconds()) // 60,
        hint=HintOut(window=hint.window, service=hint.service, late=hint.late, then=hint.then) if hint else None,
        withheld=WithheldWaitsOut(kept=short[0], count=short[1], least=round(100 * LEAST_KEPT)) if short else None,
        told=[
            ToldWaitOut(
                service=kept.service,
                hour=kept.hour,
                count=kept.count,
                kept=kept.kept,
                told=round(kept.middle, 1),
                waited=round(kept.waited, 1),
            )
            for kept in by_hour(hall.waits.kept, hall.plan.zone)
        ],
    )
