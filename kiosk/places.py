"""Where a service is waited for and served."""

from __future__ import annotations

from typing import Any

from server.config import Settings
from server.config.hall import ServiceSettings


def service_places(settings: Settings, service: ServiceSettings) -> dict[str, Any]:
    return {
        "place": service.place,
        "place_en": service.place_en,
        "windows": settings.windows_of(service.code),
    }
