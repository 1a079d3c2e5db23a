"""The kiosk's part of `/api/v1`."""

from kiosk.api import here, panel, tickets
from kiosk.api.blueprint import api

__all__ = ["api", "here", "panel", "tickets"]
