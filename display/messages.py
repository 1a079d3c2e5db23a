"""What a hall screen shows, as it goes over HTTP and to the page. Times are ISO 8601."""

from __future__ import annotations

from typing import Annotated, Literal

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
    """`waiting` is how many wait for what this window handles; `duty`: whether it is a 值班窗口 today."""

    number: int
    name: str
    name_en: str
    state: Literal["idle", "calling", "serving", "paused", "closed"]
    ticket: str | None
    pause: PauseOut | None
    waiting: int
    duty: bool


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
    `sounding`: it is in the middle of a sentence. `begun`: the last orders it has begun, told on connecting.
    """

    state: Literal["running", "suspended"]
    missing: int = Field(ge=0)
    sounding: bool = False
    begun: list[Annotated[str, Field(max_length=120)]] = Field(default=[], max_length=20)


class Shown(Message):
    """A page has painted this call large."""

    call: int
    at: str = Field(max_length=40)


class RejoinOut(Message):
    """How whoever was passed comes back: behind the next `after` of the line, or at its end (null)."""

    after: int | None
    at_kiosk: bool


class ShownDutyOut(Message):
    """Somebody on duty today. `photo` is an address, or null; `window` is where they sit, for that role alone."""

    role: Literal["leader", "shift_leader", "window"]
    name: str
    post: str
    phone: str
    photo: str | None
    window: int | None


class ShownAnnouncementOut(Message):
    """What a leader has announced. `at` is when."""

    id: str
    kind: Literal["emergency", "general"]
    text: str
    at: str


class RestOut(Message):
    """The hall is closed and nobody waits. `until`: when it opens; null when that is not known."""

    until: str | None


class Board(Message):
    """A hall screen at one moment."""

    display: ScreenOut
    hall: BoardHallOut
    rest: RestOut | None = Field(description="Not null while the screen rests")
    call: CallOut | None = Field(description="The call that is current now; null when no recent one is")
    fresh: list[CallOut] = Field(description="Calls of the last minute whose citizens are awaited, oldest first")
    recent: list[RecentOut] = Field(description="The last calls before `call`, newest first, each ticket once")
    passed: list[str] = Field(description="过号: the numbers last given up, newest first")
    rejoin: RejoinOut
    windows: list[BoardWindowOut]
    waiting: list[WaitingOut]
    notices: list[str]
    duty: list[ShownDutyOut]
    announcement: ShownAnnouncementOut | None = Field(description="The newest emergency, else the newest of all")
    speak: SpeakOut | None = Field(description="What a page of this screen is to speak now; null over HTTP")


class BoardOut(Board):
    """`seq` is that of the last event the board includes."""

    seq: int


class WindowPlaceOut(Message):
    number: int
    name: str
    name_en: str


class ElsewhereOut(Message):
    """Windows that are open now for services of a window that is not. `whole`: each of them for all of these."""

    whole: bool
    windows: list[WindowPlaceOut]


class SpanOut(Message):
    """Times of day, such as 08:30."""

    start: str
    end: str


class OpeningOut(Message):
    """When a window opens next, and the hours of that day. Null and none when that is not known."""

    at: str | None
    spans: list[SpanOut]


class ClerkOut(Message):
    """Who sits at a window: the card that stands on it. `photo` is an address, or null."""

    name: str
    number: str
    post: str
    photo: str | None


class WindowBoard(Message):
    """A window's own screen at one moment. `line`: the numbers that wait for it, in their order, the first few."""

    display: ScreenOut
    hall: BoardHallOut
    rest: RestOut | None
    window: WindowPlaceOut
    state: Literal["idle", "calling", "serving", "paused", "closed"]
    call: CallOut | None = Field(description="The last call of the number that is at the window; null without one")
    ticket: str | None
    pause: PauseOut | None
    clerk: ClerkOut | None
    elsewhere: ElsewhereOut = Field(description="Where else to go while the window is paused or closed")
    opening: OpeningOut | None = Field(description="Of a closed window")
    waiting: int
    line: list[str]
    announcement: ShownAnnouncementOut | None
    fresh: list[CallOut] = Field(description="Its call while that is of the last minute and awaited")
    speak: SpeakOut | None
