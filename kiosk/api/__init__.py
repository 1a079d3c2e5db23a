"""The kiosk's part of `/api/v1`."""

from kiosk.api import here, panel, slips, tickets
from kiosk.api.blueprint import api

__all__ = ["api", "here", "panel", "slips", "tickets"]
