"""What a speaker has to say of a hall, moment by moment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import yaml
from hall_server import ROOT
from small_hall import CHEN, SmallHall

from display.board import SPOKEN
from display.speech.utterance import Priority, Utterance
from display.speech.wanted import is_muted, wanted
from display.speech.words import HallWords
from server.config.live import LiveSettings
from server.config.loading import parse_settings
from server.hall.announcement import AnnouncementKind
from server.hall.commands import CallNext, IssueTicket, Recall, Start, TransferTicket
from server.hall.commands.notices import Announce, EndAnnouncement

EAST = {"id": "east", "name": "东区", "name_en": "East", "windows": [1, 2, 3]}
WEST = {"id": "west", "name": "西区", "name_en": "West", "windows": [4, 5, 6]}
ANYTHING = ("typed/1",)


class Spoken(HallWords):
    """Typed texts are made elsewhere."""

    clips: tuple[str, ...] | None

    def typed(self, text: str) -> tuple[str, ...] | None:
        return self.clips


class Hall:
    """The sample hall with one speaker, at Monday 09:00."""

    def __init__(self, **speaker: Any) -> None:
        content = yaml.safe_load((ROOT / "config.yaml").read_text(encoding="utf-8"))
        content["zones"] = [EAST, WEST]
        content["speakers"] = [{"id": "voice", "name": "广播", "at": "display://hall", **speaker}]
        content["voice"] = {"languages": ["zh", "en"], "repeats": 2}
        self.settings = parse_settings(content)
        self.hall = SmallHall(plan=self.settings.plan())
        self.hall.open(1, 2, 3, 4)

    def wanted(self, typed: tuple[str, ...] | None = ANYTHING) -> list[Utterance]:
        words = Spoken(LiveSettings(self.settings))
        words.clips = typed
        return wanted(self.hall.state, self.settings, self.settings.speakers[0], words, self.hall.now)

    def call(self, window: int, service: str = "social-insurance") -> None:
        self.hall.do(IssueTicket(service))
        self.hall.do(CallNext(window, CHEN.username))

    def announce(self, kind: AnnouncementKind, *zones: str) -> str:
        facts = self.hall.do(Announce(kind, "请有序撤离", zones, 3, timedelta(minutes=10), CHEN.username))
        name: str = facts["id"]
        return name


@pytest.fixture
def hall() -> Hall:
    return Hall()


def test_a_call_is_spoken_in_the_halls_languages_as_often_as_it_says(hall: Hall) -> None:
    hall.call(3)
    (said,) = hall.wanted()
    assert (said.priority, said.window, said.times) == (Priority.CALL, 3, 2)
    assert said.text == "请A零零一号到三号窗口办理 / Number A zero zero one, please go to window three"
    assert (said.clips[0], said.clips[-1]) == ("zh/qing", "en/digit-3")
    assert said.until - said.at == SPOKEN
    assert said.brief is not None
    assert (said.brief.text, said.brief.clips[-1]) == ("请A零零一号到三号窗口办理", "zh/banli")


def test_a_recall_is_another_announcement_in_place_of_the_call(hall: Hall) -> None:
    hall.call(3)
    (first,) = hall.wanted()
    hall.hall.do(Recall(3, CHEN.username))
    (again,) = hall.wanted()
    assert (again.priority, again.window) == (Priority.RECALL, 3)
    assert again.id != first.id


def test_nobody_is_called_who_has_come_or_was_called_a_minute_ago(hall: Hall) -> None:
    for window in (1, 2):
        hall.call(window)
    hall.hall.do(Start(1, CHEN.username))
    assert [said.window for said in hall.wanted()] == [2]
    hall.hall.wait(SPOKEN.total_seconds())
    assert [said.window for said in hall.wanted()] == [2]
    hall.hall.wait(0.001)
    assert hall.wanted() == []


def test_a_zones_speaker_calls_to_its_own_windows() -> None:
    hall = Hall(zone="west")
    hall.call(3)
    hall.call(4, "residence")
    assert [said.window for said in hall.wanted()] == [4]


def test_who_was_sent_on_to_another_zone_is_called_there_alone() -> None:
    west, whole = Hall(zone="west"), Hall()
    for hall in (west, whole):
        hall.call(4, "residence")
        hall.hall.do(TransferTicket(4, CHEN.username, to_window=1, service="social-insurance"))
        hall.hall.do(CallNext(1, CHEN.username))
    assert west.wanted() == []
    assert [said.window for said in whole.wanted()] == [1]


def test_an_announcement_is_spoken_until_it_ends(hall: Hall) -> None:
    name = hall.announce(AnnouncementKind.EMERGENCY)
    (said,) = hall.wanted()
    assert (said.priority, said.clips, said.text, said.times) == (Priority.EMERGENCY, ANYTHING, "请有序撤离", 3)
    assert said.until - said.at == timedelta(minutes=10)
    hall.hall.wait(60)
    assert [one.id for one in hall.wanted()] == [said.id]
    hall.hall.do(EndAnnouncement(name, CHEN.username))
    assert hall.wanted() == []


def test_an_announcement_waits_for_its_clip_to_be_made(hall: Hall) -> None:
    hall.announce(AnnouncementKind.GENERAL)
    assert hall.wanted(typed=None) == []
    assert [said.priority for said in hall.wanted()] == [Priority.GENERAL]


def test_the_words_of_an_announcement_are_without_its_pinyin(hall: Hall) -> None:
    hall.hall.do(Announce(AnnouncementKind.GENERAL, "从重{chong2}庆来", (), 1, timedelta(minutes=10), CHEN.username))
    assert [said.text for said in hall.wanted()] == ["从重庆来"]


def test_an_announcement_is_for_its_zones() -> None:
    west, whole = Hall(zone="west"), Hall()
    for hall in (west, whole):
        hall.announce(AnnouncementKind.GENERAL, "east")
    assert west.wanted() == []
    assert len(whole.wanted()) == 1


def test_in_muted_hours_only_an_emergency_is_heard() -> None:
    hall = Hall(muted=["08:30-09:30"])
    hall.call(3)
    hall.announce(AnnouncementKind.GENERAL)
    assert hall.wanted() == []
    hall.announce(AnnouncementKind.EMERGENCY)
    assert [said.priority for said in hall.wanted()] == [Priority.EMERGENCY]
    hall.hall.wait(31 * 60)
    hall.call(2)
    assert {said.priority for said in hall.wanted()} >= {Priority.CALL}


@pytest.mark.parametrize(("span", "muted"), [("09:00-09:30", True), ("08:30-09:00", False)])
def test_a_muted_hour_begins_with_its_first_moment_and_ends_before_its_last(span: str, muted: bool) -> None:
    hall = Hall(muted=[span])
    now = hall.hall.now.replace(minute=0, second=0, microsecond=0)
    assert is_muted(hall.settings, hall.settings.speakers[0], now) is muted
