"""The counter's part of `/api/v1`."""

from counter.api import bookings, calls, handing_over, paper, services, transfers, windows
from counter.api.blueprint import api

__all__ = ["api", "bookings", "calls", "handing_over", "paper", "services", "transfers", "windows"]
