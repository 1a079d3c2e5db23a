"""What a hall screen shows, as it goes over HTTP and to the page. Times are ISO 8601."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from server.messages import Message, PauseOut


class BoardPath(Message):
    display: str = Field(description="The screen's id in config.yaml")


class ScreenOut(Message):
    id: str
    name: str


class BoardHallOut(Message):
    name: str
    name_en: str
    hotline: str
    time_zone: str


class CallOut(Message):
    """A call. `id` is that of its event: a recall is a new one. `count` is 1 for the first call of a ticket."""

    id: int
    number: str
    window: int
    service: str
    service_en: str
    at: str
    count: int
    state: Literal["called", "serving"] = Field(description="Whether its citizen is still awaited, or has come")


class RecentOut(Message):
    number: str
    window: int


class BoardWindowOut(Message):
    """`waiting` is how many wait for what this window handles."""

    number: int
    name: str
    name_en: str
    state: Literal["idle", "calling", "serving", "paused", "closed"]
    ticket: str | None
    pause: PauseOut | None
    waiting: int


class WaitingOut(Message):
    """`open`: whether numbers are given now; if not, `opens_at` is when next, null when that is not known."""

    code: str
    name: str
    name_en: str
    waiting: int
    open: bool
    opens_at: str | None


class SpeakOut(Message):
    """One reading of an announcement, for the one page that has the voice: `page` is that page's name for itself.

    `clips` sound in order, each a file under `/voice/clips/`, after `pause` seconds of silence, and two bells where
    there is a `chime`; `text` is what they say, `volume` 0 to 1.
    """

    id: str
    page: str
    clips: list[str]
    chime: bool
    pause: float
    volume: float
    text: str


class Spoke(Message):
    """A page tells of the order it was given."""

    order: str = Field(max_length=120)
    phase: Literal["began", "ended", "failed"]
    reason: Literal["clips_missing", "sound_blocked", "not_connected", "cancelled"] | None = None


class Sound(Message):
    """Whether a page can sound: `suspended` while its browser wants a touch. `missing` counts recordings it lacks;
    `sounding`: it is in the middle of a sentence.
    """

    state: Literal["running", "suspended"]
    missing: int = Field(ge=0)
    sounding: bool = False


class Shown(Message):
    """A page has painted this call large."""

    call: int
    at: str = Field(max_length=40)


class Board(Message):
    """A hall screen at one moment."""

    display: ScreenOut
    hall: BoardHallOut
    call: CallOut | None = Field(description="The call that is current now; null when no recent one is")
    fresh: list[CallOut] = Field(description="Calls of the last minute whose citizens are awaited, oldest first")
    recent: list[RecentOut] = Field(description="The last calls before `call`, newest first, each ticket once")
    passed: list[str] = Field(description="过号: the numbers last given up, newest first")
    windows: list[BoardWindowOut]
    waiting: list[WaitingOut]
    notices: list[str]
    speak: SpeakOut | None = Field(description="What a page of this screen is to speak now; null over HTTP")


class BoardOut(Board):
    """`seq` is that of the last event the board includes."""

    seq: int
