"""The leader's room in `/api/v1`."""

from server.bulletin.api import announcements, notices, photos, rosters
from server.bulletin.api.blueprint import api

__all__ = ["announcements", "api", "notices", "photos", "rosters"]
