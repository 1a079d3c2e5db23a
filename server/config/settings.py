"""The whole of config.yaml."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated

from pydantic import Field

from server.config.addresses import DatabaseUrl, Host, PublicUrl
from server.config.desk_keys import CounterSettings
from server.config.devices import KeypadSettings, KioskSettings, PadSettings
from server.config.evaluation import EvaluationSettings
from server.config.hall import DepartmentSettings, HallSettings, OverflowSettings, ServiceSettings, WindowSettings
from server.config.hours import HoursSettings
from server.config.printer_address import agent_of
from server.config.printers import PrinterSettings, PrintingSettings
from server.config.priority import PrioritySettings
from server.config.rules import RulesSettings
from server.config.screens import DisplaySettings, SpeakerSettings, ZoneSettings
from server.config.section import Section
from server.config.sound_outlet import parse_outlet
from server.config.strips import StripSettings
from server.config.voice import VoiceSettings
from server.hall.calendar import Hours
from server.hall.plan import HallPlan, Overflow, Quota, Service, WindowPlan
from server.hall.printing import window_printer
from server.hall.result import ResultKind

ALL_SERVICES = "all"


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
    zones: tuple[ZoneSettings, ...] = ()
    displays: tuple[DisplaySettings, ...] = ()
    speakers: tuple[SpeakerSettings, ...] = ()
    pads: tuple[PadSettings, ...] = ()
    keypads: tuple[KeypadSettings, ...] = ()
    strips: tuple[StripSettings, ...] = ()
    voice: VoiceSettings = VoiceSettings()
    counter: CounterSettings = CounterSettings()
    evaluation: EvaluationSettings = EvaluationSettings()
    priority: PrioritySettings = PrioritySettings()
    rules: RulesSettings = RulesSettings()
    printing: PrintingSettings = PrintingSettings()
    server: ServerSettings = ServerSettings()

    def service(self, code: str) -> ServiceSettings:
        return next(service for service in self.services if service.code == code)

    def window(self, number: int) -> WindowSettings:
        return next(window for window in self.windows if window.number == number)

    def windows_of(self, service: str) -> list[int]:
        """The windows that serve it, by their numbers."""
        return [window.number for window in self.windows if service in self.services_of(window)]

    def zone_windows(self, zone: str | None) -> list[WindowSettings]:
        """The windows of a zone in the hall's order; None is the whole hall."""
        if zone is None:
            return list(self.windows)
        numbers = next(found.windows for found in self.zones if found.id == zone)
        return [window for window in self.windows if window.number in numbers]

    def speaks(self, display: str) -> bool:
        """Whether a zone's voice comes from this screen's page."""
        return any(parse_outlet(speaker.at) == ("display", display) for speaker in self.speakers)

    def printers(self) -> dict[str, PrinterSettings]:
        """By name: a kiosk's id, or as `window_printer` names a window's."""
        kiosks = {kiosk.id: kiosk.printer for kiosk in self.kiosks}
        windows = {window_printer(window.number): window.printer for window in self.windows}
        return {name: printer for name, printer in (kiosks | windows).items() if printer is not None}

    def agents(self) -> set[str]:
        """The names of the agents on other PCs."""
        printing = {name for printer in self.printers().values() if (name := agent_of(printer.link)) is not None}
        outlets = [parse_outlet(speaker.at) for speaker in self.speakers]
        speaking = {outlet.name for outlet in outlets if outlet.kind == "agent"}
        return printing | speaking | {pad.agent for pad in self.pads if pad.agent is not None}

    def services_of(self, window: WindowSettings) -> tuple[str, ...]:
        if ALL_SERVICES in window.services:
            return tuple(service.code for service in self.services)
        return window.services

    def without_hours(self) -> Settings:
        """The same hall with its hours ignored, also those of its services and windows."""
        hours = self.hall.hours.model_copy(update={"always": True})
        return self.model_copy(update={"hall": self.hall.model_copy(update={"hours": hours})})

    def own_hours(self, part: ServiceSettings | WindowSettings) -> HoursSettings | None:
        """The hours of a service or window where they are not the hall's; a hall that is always open has no others."""
        if part.hours is None or self.hall.hours.always:
            return None
        return part.hours.within(self.hall.hours)

    def plan(self, today: date | None = None) -> HallPlan:
        """The domain's view of the hall, with the public holidays that are known `today`."""
        today = today or datetime.now(self.hall.zone).date()

        def own(part: ServiceSettings | WindowSettings) -> Hours | None:
            hours = self.own_hours(part)
            return hours.hours(today) if hours else None

        return HallPlan(
            id=self.hall.id,
            zone=self.hall.zone,
            services={s.code: _service(s, own(s), s.result or self.rules.results.default) for s in self.services},
            windows={w.number: _window(w, self.services_of(w), own(w)) for w in self.windows},
            hours=self.hall.hours.hours(today),
            evaluation_timeout=timedelta(seconds=self.evaluation.timeout),
            priorities=self.priority.priorities(),
            rules=self.rules.rules(),
            reasons=frozenset(reason.code for reason in self.evaluation.reasons),
        )


def _service(service: ServiceSettings, hours: Hours | None, result: ResultKind) -> Service:
    return Service(
        service.code,
        service.prefix,
        quota=Quota(service.quota.day, service.quota.span),
        booking=service.booking.plan() if service.booking else None,
        result=result,
        hours=hours,
    )


def _window(window: WindowSettings, services: tuple[str, ...], hours: Hours | None) -> WindowPlan:
    return WindowPlan(
        window.number,
        services,
        weights=window.weights,
        overflow=tuple(_overflow(overflow) for overflow in window.overflow),
        classes=frozenset(window.classes),
        others_when_free=window.others_when_free,
        hours=hours,
    )


def _overflow(overflow: OverflowSettings) -> Overflow:
    longest = None if overflow.longest is None else timedelta(minutes=overflow.longest)
    return Overflow(overflow.service, overflow.waiting, longest)
