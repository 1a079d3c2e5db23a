"""The hall for Prometheus: its lines, its windows, its devices and their papers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from prometheus_client import CollectorRegistry, Gauge

from server.hall.state import HallState
from server.hall.window import WindowState
from server.web.print_counts import print_counts


def measure_hall(state: HallState, registry: CollectorRegistry) -> None:
    waiting = Gauge("jiaohao_waiting", "Tickets waiting", ["service"], registry=registry)
    windows = Gauge("jiaohao_windows", "Windows by state", ["state"], registry=registry)
    sequence = Gauge("jiaohao_event_seq", "The last event of the log", registry=registry)
    jobs = Gauge("jiaohao_print_jobs", "Today's print jobs by state", ["printer", "state"], registry=registry)
    sequence.set(state.seq)
    for service in state.plan.services:
        waiting.labels(service).set(state.waiting(service))
    for kind in WindowState:
        windows.labels(kind.value).set(sum(w.state is kind for w in state.windows.values()))
    for printer, counts in print_counts(state).items():
        for standing, count in counts.items():
            jobs.labels(printer, standing.value).set(count)


def measure_devices(states: Iterable[dict[str, Any]], registry: CollectorRegistry) -> None:
    """1 for what holds now; a printer that does not tell of its paper has none."""
    devices = Gauge("jiaohao_device_state", "How a device is", ["kind", "id", "state"], registry=registry)
    papers = Gauge("jiaohao_printer_paper", "A printer's paper: ok, near or out", ["id", "paper"], registry=registry)
    for device in states:
        devices.labels(device["kind"], device["id"], device["state"]).set(1)
        if device.get("paper") is not None:
            papers.labels(device["id"], device["paper"]).set(1)
