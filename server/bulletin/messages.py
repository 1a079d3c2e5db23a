"""What the leader's room says over HTTP."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import AwareDatetime, Field, StringConstraints

from server.hall.announcement import AnnouncementKind
from server.hall.roster import DutyRole
from server.messages import Message
from server.web.photos import PHOTO_ID

Zones = Annotated[tuple[str, ...], Field(max_length=100, description="Ids from the configuration; none: everywhere")]
PhotoId = Annotated[str, StringConstraints(pattern=PHOTO_ID)]


class NoticeIn(Message):
    """`starts` and `ends`: aware ISO 8601 times, or null for from now on, until it is withdrawn."""

    text: str = Field(description="1 to 200 characters")
    starts: AwareDatetime | None = None
    ends: AwareDatetime | None = None
    zones: Zones = ()


class NoticeOut(Message):
    id: str
    text: str
    starts: str | None
    ends: str | None
    zones: list[str]
    posted_at: str
    staff: str
    state: str = Field(description="showing, coming or ended")


class FixedNoticeOut(Message):
    """One that stands in the configuration; only there can it be changed."""

    display: str
    name: str
    text: str


class NoticesOut(Message):
    notices: list[NoticeOut]
    fixed: list[FixedNoticeOut]


class NoticeIdPath(Message):
    id: str = Field(description="A notice's id")


class DutyIn(Message):
    """`window`: for the role `window` alone, whose name may be left open. `photo`: an id that `POST /photos` gave."""

    role: DutyRole
    name: str = ""
    post: str = ""
    phone: str = ""
    photo: PhotoId | None = None
    window: int | None = None


class RosterIn(Message):
    """Everybody on duty that day, in the order of the screens; nobody removes the day's roster."""

    duties: list[DutyIn]
    seen: int | None = Field(default=None, description="The revision that this replaces; null: whatever stands")


class DutyOut(Message):
    role: str
    name: str
    post: str
    phone: str
    photo: str | None
    photo_url: str | None
    window: int | None


class RosterOut(Message):
    """`revision`: 0 while nobody has set it."""

    day: str
    revision: int
    duties: list[DutyOut]


class RosterPath(Message):
    day: date = Field(description="YYYY-MM-DD")


class AnnounceIn(Message):
    kind: AnnouncementKind
    text: str = Field(description="1 to 120 characters")
    zones: Zones = ()
    times: int = Field(default=2, description="How often it is spoken, 1 to 5")
    minutes: Annotated[int, Field(ge=1, le=24 * 60)] = Field(default=10, description="How long it is shown")


class AnnouncementOut(Message):
    id: str
    kind: str
    text: str
    zones: list[str]
    times: int
    at: str
    ends: str
    staff: str
    showing: bool


class AnnouncementsOut(Message):
    """Today's, the oldest first."""

    announcements: list[AnnouncementOut]


class AnnouncementPath(Message):
    id: str = Field(description="An announcement's id")


class PhotoOut(Message):
    id: str
    url: str
