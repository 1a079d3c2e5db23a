"""The whole of config.yaml."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from server.config.addresses import DatabaseUrl, Host, PublicUrl
from server.config.devices import DisplaySettings, KioskSettings, PadSettings, VoiceSettings
from server.config.hall import DepartmentSettings, HallSettings, OverflowSettings, ServiceSettings, WindowSettings
from server.config.priority import PrioritySettings
from server.config.rules import RulesSettings
from server.config.section import Section
from server.hall.plan import HallPlan, Overflow, Quota, Service, WindowPlan

ALL_SERVICES = "all"


class EvaluationSettings(Section):
    """`timeout`: seconds a citizen has for the vote before it counts as 未评价."""

    timeout: Annotated[float, Field(gt=0, le=600)] = 30


class ServerSettings(Section):
    """Where the server listens, and what address phones reach it at (in the ticket's QR code)."""

    host: Host = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 8000
    public_url: PublicUrl | None = None
    database: DatabaseUrl = "sqlite:///data/jiaohao.db"
    data: str = "data"


class Settings(Section):
    """Made by `server.config.loading` alone, which also checks that the sections agree with each other."""

    hall: HallSettings
    departments: Annotated[tuple[DepartmentSettings, ...], Field(min_length=1)]
    services: Annotated[tuple[ServiceSettings, ...], Field(min_length=1)]
    windows: Annotated[tuple[WindowSettings, ...], Field(min_length=1)]
    kiosks: tuple[KioskSettings, ...] = ()
    displays: tuple[DisplaySettings, ...] = ()
    pads: tuple[PadSettings, ...] = ()
    voice: VoiceSettings = VoiceSettings()
    evaluation: EvaluationSettings = EvaluationSettings()
    priority: PrioritySettings = PrioritySettings()
    rules: RulesSettings = RulesSettings()
    server: ServerSettings = ServerSettings()

    def service(self, code: str) -> ServiceSettings:
        return next(service for service in self.services if service.code == code)

    def window(self, number: int) -> WindowSettings:
        return next(window for window in self.windows if window.number == number)

    def services_of(self, window: WindowSettings) -> tuple[str, ...]:
        if ALL_SERVICES in window.services:
            return tuple(service.code for service in self.services)
        return window.services

    def plan(self) -> HallPlan:
        """The domain's view of the hall."""
        return HallPlan(
            id=self.hall.id,
            zone=self.hall.zone,
            services={s.code: _service(s) for s in self.services},
            windows={w.number: _window(w, self.services_of(w)) for w in self.windows},
            hours=self.hall.hours.hours(),
            evaluation_timeout=timedelta(seconds=self.evaluation.timeout),
            priorities=self.priority.priorities(),
            rules=self.rules.rules(),
        )


def _service(service: ServiceSettings) -> Service:
    return Service(
        service.code,
        service.prefix,
        quota=Quota(service.quota.day, service.quota.span),
        booking=service.booking.plan() if service.booking else None,
    )


def _window(window: WindowSettings, services: tuple[str, ...]) -> WindowPlan:
    return WindowPlan(
        window.number,
        services,
        weights=window.weights,
        overflow=tuple(_overflow(overflow) for overflow in window.overflow),
        classes=frozenset(window.classes),
        others_when_free=window.others_when_free,
    )


def _overflow(overflow: OverflowSettings) -> Overflow:
    longest = None if overflow.longest is None else timedelta(minutes=overflow.longest)
    return Overflow(overflow.service, overflow.waiting, longest)
