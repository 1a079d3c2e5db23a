"""The simulated hall is right where the answer is known: Erlang's formula, and a simulator of somebody else's."""

from __future__ import annotations

from statistics import fmean

import ciw
from lone_queue import erlang_c, lone_queue

from server.hall import Hall
from server.hall import events as ev
from server.hall.events import Recorded
from server.trial.played_day import PlayedDay, days
from server.trial.trial import FIRST

WINDOWS, AN_HOUR, MINUTES = 4, 33.0, 6.0


def waits(number: int) -> list[float]:
    """Minutes of everybody who came after the first two hours, on so many days."""
    world = lone_queue(WINDOWS, AN_HOUR, MINUTES)
    hall, issued, waited = Hall(world.plan), {}, []

    def listen(recorded: Recorded) -> None:
        event = recorded.event
        if isinstance(event, ev.TicketIssued):
            issued[event.ticket] = event.at
        elif isinstance(event, ev.TicketCalled) and world.plan.local(event.at).hour >= 9:
            waited.append((event.at - issued[event.ticket]).total_seconds() / 60)

    for seed, day in enumerate(days(FIRST, number)):
        PlayedDay(world, hall, day, seed, listen).play()
    return waited


def ciw_waits(number: int) -> list[float]:
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(AN_HOUR / 60)],
        service_distributions=[ciw.dists.Exponential(1 / MINUTES)],
        number_of_servers=[WINDOWS],
    )
    waited = []
    for seed in range(number):
        ciw.seed(seed)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_time(16 * 60)
        waited += [r.waiting_time for r in simulation.get_all_records() if r.service_start_date >= 120]
    return waited


def test_the_mean_wait_is_erlangs_and_that_of_another_simulator() -> None:
    ours, theirs, formula = fmean(waits(40)), fmean(ciw_waits(40)), erlang_c(WINDOWS, AN_HOUR, MINUTES)
    assert abs(ours - formula) < 0.15 * formula
    assert abs(theirs - formula) < 0.15 * formula
