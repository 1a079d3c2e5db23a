"""The hall as a whole, and who signs in."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, StringConstraints

from server.messages.message import GivenReason, Message
from server.messages.tickets import DoubtOut, WaitOut
from server.messages.windows import PauseOut


class ServiceOut(Message):
    code: str
    name: str
    department: str
    prefix: str
    waiting: int
    open: bool
    wait: WaitOut | None = Field(description="Of an ordinary number taken now; null while nothing can be said")
    doubt: DoubtOut | None = Field(description="Why an ordinary number taken now would probably not be called today")


class HallWindowOut(Message):
    number: int
    name: str
    state: str
    services: list[str]
    clerk: str | None = Field(description="The clerk's name; null unless a staff member asks")
    ticket: str | None = Field(description="The number called or served there")
    pause: PauseOut | None


class HallOut(Message):
    """The hall at one moment; `seq` is the last event it includes."""

    seq: int
    business_day: str | None
    services: list[ServiceOut]
    windows: list[HallWindowOut]
    devices: list[dict[str, Any]]


class ReloadedOut(Message):
    """What came of reading config.yaml again."""

    revision: str = Field(description="Names the configuration in force; pages reload themselves when it changes")
    changed: list[str] = Field(description="The sections that changed; empty when there was nothing to do")


class SuspendIn(Message):
    reason: GivenReason


class ServicePath(Message):
    code: str = Field(description="A service's code")


class LoginIn(Message):
    username: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    password: Annotated[str, StringConstraints(min_length=1, max_length=256)]


class StaffOut(Message):
    username: str
    name: str
    role: str
