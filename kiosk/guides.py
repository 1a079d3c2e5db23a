"""办事指南 of the services that have one, as pages show them."""

from __future__ import annotations

from typing import Any

from kiosk.places import service_places
from server.config import Settings
from server.config.guide import GuideSettings
from server.config.hall import ServiceSettings
from server.web.errors import Refused


def guides(settings: Settings) -> list[dict[str, Any]]:
    """In the hall's order."""
    found = ((service, service.guide) for service in settings.services)
    return [_guide(settings, service, guide) for service, guide in found if guide is not None]


def guide_of(settings: Settings, code: str) -> dict[str, Any]:
    """Raises Refused (404) for a service that has none, or is none."""
    for guide in guides(settings):
        if guide["service"] == code:
            return guide
    raise Refused(404, "not_found")


def _guide(settings: Settings, service: ServiceSettings, guide: GuideSettings) -> dict[str, Any]:
    return {
        **guide.model_dump(mode="json"),
        "steps_en": list(guide.steps_en or guide.steps),
        "phone": guide.phone or settings.hall.hotline,
        "service": service.code,
        "service_name": service.name,
        "service_name_en": service.name_en,
        "icon": service.icon,
        **service_places(settings, service),
    }
