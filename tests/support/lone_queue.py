"""A hall that queueing theory has the answer for: one service, equal windows, nobody who does not come (M/M/c)."""

from __future__ import annotations

from math import factorial
from zoneinfo import ZoneInfo

from server.hall.plan import HallPlan, Service, WindowPlan
from server.trial.world import World


def lone_queue(windows: int, an_hour: float, minutes: float) -> World:
    plan = HallPlan(
        id="lone",
        zone=ZoneInfo("Asia/Shanghai"),
        services={"all": Service("all", "A")},
        windows={number: WindowPlan(number, ("all",)) for number in range(1, windows + 1)},
    )
    return World(
        name="lone",
        plan=plan,
        usual={("all", number): minutes for number in plan.windows},
        rates={"all": {hour: an_hour for hour in range(7, 23)}},
        missing=0.0,
        gap=(0.0,),
        exponential=True,
    )


def erlang_c(windows: int, an_hour: float, minutes: float) -> float:
    """The mean wait in minutes, in the long run."""
    load = an_hour * minutes / 60
    everybody = load**windows / factorial(windows) * windows / (windows - load)
    waits = everybody / (sum(load**n / factorial(n) for n in range(windows)) + everybody)
    return waits * minutes / (windows - load)
