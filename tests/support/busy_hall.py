"""A hall with 300 waiting at 30 windows, each with a few of eight services, and classes."""

from __future__ import annotations

from random import Random
from zoneinfo import ZoneInfo

from small_hall import SmallHall

from server.hall import commands as cmd
from server.hall.plan import HallPlan, Service, WindowPlan
from server.hall.priority import APPOINTMENT, ORDINARY, Policy, Priorities, PriorityClass
from server.hall.wait.estimator import Estimator
from server.hall.window import Clerk

_CLASSES = (PriorityClass(ORDINARY), PriorityClass(APPOINTMENT, 1), PriorityClass("elderly", 1))


def busy_hall() -> tuple[Estimator, SmallHall]:
    services = [f"service-{number}" for number in range(8)]
    plan = HallPlan(
        id="busy",
        zone=ZoneInfo("Asia/Shanghai"),
        services={code: Service(code, chr(65 + number)) for number, code in enumerate(services)},
        windows={
            number: WindowPlan(number, tuple(services[(number * 3 + k) % 8] for k in range(3 if number % 5 else 8)))
            for number in range(1, 31)
        },
        priorities=Priorities(_CLASSES, Policy(most_passed=2)),
    )
    hall, random = SmallHall(plan), Random(1)
    for number in plan.windows:
        hall.do(cmd.OpenWindow(number, Clerk(f"clerk{number}", f"{number}")))
    for _ in range(330):
        priority = "elderly" if random.random() < 0.12 else ORDINARY
        hall.do(cmd.IssueTicket(random.choice(services), priority=priority))
        hall.wait(3)
    for number in plan.windows:
        hall.do(cmd.CallNext(number, f"clerk{number}"))
    estimator = Estimator()
    for recorded in hall.log:
        estimator.observe(recorded.event, plan)
    return estimator, hall
