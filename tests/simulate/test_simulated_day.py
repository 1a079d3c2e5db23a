"""A day of 250 visits through the public API of a running server, killed or not: every number is accounted for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import requests
from hall_server import HallServer, StartHall
from log_check import check_log
from postgres import PostgresServer
from simulation import Simulation, many_rules
from twin_server import TwinServer
from waiting import wait_until

from server.config import load_settings
from server.hall import events as ev
from server.store.database import Database

VISITS = 250
SPEED = 6000
LOST = 20
"""A kill seldom falls between a commit and its answer. A press whose answer is lost is like that each time."""
Simulate = Callable[..., Simulation]


def log_of_day(server: HallServer) -> list[ev.Event]:
    settings = load_settings(server.config)
    database = Database(settings.server.database)
    events = check_log(database, settings.plan())
    database.close()
    return events


def check_outcome(outcome: dict[str, Any], events: list[ev.Event]) -> None:
    """The simulation's word against the log, which it has never seen."""
    assert outcome["issued"] == sum(isinstance(event, ev.TicketIssued) for event in events)
    assert outcome["issued"] > VISITS * 0.9
    assert sum(outcome["states"].values()) == outcome["issued"]
    assert set(outcome["states"]) <= {"finished", "no_show", "cancelled"}
    assert outcome["votes"] == sum(isinstance(event, ev.EvaluationVoted) for event in events)
    assert outcome["votes"] > VISITS * 0.2


def test_every_number_of_a_day_is_accounted_for(start_hall: StartHall, simulate: Simulate) -> None:
    server = start_hall(**many_rules())
    outcome = simulate(server, visits=VISITS, speed=SPEED).outcome()
    events = log_of_day(server)
    check_outcome(outcome, events)
    happened = {type(event) for event in events}
    assert happened >= {
        ev.TicketNoShow,
        ev.TicketRejoined,
        ev.TicketHeld,
        ev.TicketResumed,
        ev.TicketTransferred,
        ev.TicketReopened,
        ev.TicketCancelled,
        ev.AppointmentBooked,
        ev.AppointmentArrived,
        ev.PriorityVerified,
        ev.WindowPaused,
        ev.WindowReopened,
    }


def test_server_killed_twice_in_the_middle(start_hall: StartHall, simulate: Simulate) -> None:
    server = start_hall(**many_rules())
    day = simulate(server, visits=VISITS, speed=SPEED, lost=LOST)
    for numbers in (VISITS // 4, VISITS // 2):
        day.wait_for_numbers(numbers)
        server.kill()
        server.start()
    outcome = day.outcome()
    assert outcome["repeats"] >= sum(proxy.losses for proxy in day.proxies) > VISITS / 5
    check_outcome(outcome, log_of_day(server))


def test_owner_killed_twice_where_others_stand_by(
    postgres: PostgresServer,
    start_hall: StartHall,
    start_twin: Callable[[HallServer], TwinServer],
    simulate: Simulate,
) -> None:
    servers = [start_hall(database=postgres.new_database(), **many_rules())]
    servers += [start_twin(servers[0]), start_twin(servers[0])]
    day = simulate(*servers, visits=VISITS, speed=SPEED, lost=LOST)
    killed = []
    for numbers in (VISITS // 3, VISITS // 2):
        day.wait_for_numbers(numbers)
        owner = next(server for server in servers if owns(server))
        owner.kill()
        servers.remove(owner)
        killed.append(owner)
        wait_until(lambda: any(owns(server) for server in servers), "another server has taken over")
    outcome = day.outcome()
    assert outcome["repeats"] >= sum(proxy.losses for proxy in day.proxies) > VISITS / 5
    check_outcome(outcome, log_of_day(killed[0]))


def owns(server: HallServer) -> bool:
    return bool(requests.get(f"{server.base}/healthz", timeout=5).json()["role"] == "owner")
