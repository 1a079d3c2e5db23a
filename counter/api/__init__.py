"""The counter's part of `/api/v1`."""

from counter.api import (
    bookings,
    calls,
    documents,
    first_contact,
    handing_over,
    paper,
    results,
    services,
    transfers,
    windows,
)
from counter.api.blueprint import api

__all__ = [
    "api",
    "bookings",
    "calls",
    "documents",
    "first_contact",
    "handing_over",
    "paper",
    "results",
    "services",
    "transfers",
    "windows",
]
