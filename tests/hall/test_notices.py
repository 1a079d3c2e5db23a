"""通知, 值班 and 广播: shown when and where they are meant to be, remembered as long as they matter."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from small_hall import MONDAY_9, SmallHall

from server.hall import commands as cmd
from server.hall import errors
from server.hall.announcement import MOST_ANNOUNCEMENTS, AnnouncementKind
from server.hall.notice import LONGEST_NOTICE, MOST_NOTICES
from server.hall.roster import MOST_DUTIES, Duty, DutyRole, Roster
from server.hall.window import Clerk

MONDAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LEADER = Duty(DutyRole.LEADER, "王强", "局长", "0571-12345", "0f" * 16)
WINDOW = Duty(DutyRole.WINDOW, "陈晓兰", window=1)


def post(hall: SmallHall, text: str = "周五停电", **more: Any) -> dict[str, Any]:
    asked = {"id": None, "starts": None, "ends": None, "zones": (), "staff": "liu"} | more
    answer: dict[str, Any] = hall.do(cmd.PostNotice(text=text, **asked))
    return answer


def announce(hall: SmallHall, kind: AnnouncementKind = AnnouncementKind.GENERAL, **more: Any) -> dict[str, Any]:
    asked = {
        "text": "还有半小时下班",
        "zones": (),
        "times": 2,
        "lasts": 5 * timedelta(minutes=1),
        "staff": "liu",
    } | more
    answer: dict[str, Any] = hall.do(cmd.Announce(kind, **asked))
    return answer


def test_notice_shows_from_its_start_up_to_its_end(hall: SmallHall) -> None:
    posted = post(hall, starts=MONDAY_9 + HOUR, ends=MONDAY_9 + 2 * HOUR, zones=("tax", "tax"))
    notice = hall.state.notices[posted["id"]]
    moments = [notice.showing(MONDAY_9 + minutes * timedelta(minutes=1)) for minutes in (0, 59, 60, 119, 120)]
    assert moments == [False, False, True, True, False]
    assert notice.zones == ("tax",)
    assert hall.state.notices[post(hall)["id"]].showing(datetime(1990, 1, 1, tzinfo=UTC))


def test_changed_notice_keeps_its_place_and_when_it_was_posted(hall: SmallHall) -> None:
    first, second = post(hall), post(hall, "另一条")
    hall.wait(60)
    changed = post(hall, "  周六\n停电 ", id=first["id"], staff="wang")
    assert list(hall.state.notices) == [first["id"], second["id"]]
    assert (changed["text"], changed["posted_at"], changed["staff"]) == ("周六 停电", first["posted_at"], "wang")
    hall.do(cmd.WithdrawNotice(first["id"], "wang"))
    for command in (cmd.WithdrawNotice(first["id"], "wang"), cmd.PostNotice(first["id"], "x", None, None, (), "wang")):
        with pytest.raises(errors.UnknownNotice):
            hall.do(command)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (MONDAY_9 + HOUR, MONDAY_9 + HOUR),
        (MONDAY_9 + HOUR, MONDAY_9),
        (datetime.min.replace(tzinfo=UTC), None),
        (None, datetime.max.replace(tzinfo=UTC)),
    ],
)
def test_notice_that_would_end_before_it_starts_is_refused(
    hall: SmallHall, starts: datetime | None, ends: datetime | None
) -> None:
    with pytest.raises(errors.BadSpan):
        post(hall, starts=starts, ends=ends)


def test_new_notice_that_is_over_already_is_refused_and_one_that_stands_may_end(hall: SmallHall) -> None:
    for late in (0, 1):
        with pytest.raises(errors.AlreadyOver):
            post(hall, ends=MONDAY_9 - late * HOUR)
    assert hall.state.notices == {}
    standing = post(hall)["id"]
    post(hall, id=standing, ends=MONDAY_9)
    assert not hall.state.notices[standing].showing(MONDAY_9)


@pytest.mark.parametrize("text", ["", " \n ", "长" * (LONGEST_NOTICE + 1)])
def test_notice_has_some_words_and_not_too_many(hall: SmallHall, text: str) -> None:
    with pytest.raises(errors.TextLength) as refusal:
        post(hall, text)
    assert refusal.value.params == {"most": LONGEST_NOTICE}
    assert post(hall, "长" * LONGEST_NOTICE)["text"] == "长" * LONGEST_NOTICE


def test_so_many_notices_and_no_more(hall: SmallHall) -> None:
    notices = [post(hall)["id"] for _ in range(MOST_NOTICES)]
    with pytest.raises(errors.TooManyNotices):
        post(hall)
    assert post(hall, "改", id=notices[0])["text"] == "改"
    hall.do(cmd.WithdrawNotice(notices[0], "liu"))
    post(hall)


def test_notice_is_forgotten_a_day_after_it_ended(hall: SmallHall) -> None:
    kept, ended = post(hall)["id"], post(hall, ends=MONDAY_9 + HOUR)["id"]
    hall.wait(DAY.total_seconds())
    hall.do(cmd.PassTime())
    assert list(hall.state.notices) == [kept, ended]
    hall.wait(DAY.total_seconds())
    hall.do(cmd.PassTime())
    assert list(hall.state.notices) == [kept]
    with pytest.raises(errors.UnknownNotice):
        hall.do(cmd.WithdrawNotice(ended, "liu"))


def test_roster_is_that_of_its_day_until_the_day_is_over(hall: SmallHall) -> None:
    tomorrow = MONDAY + DAY
    hall.do(cmd.SetRoster(MONDAY, (WINDOW,), "liu"))
    hall.do(cmd.SetRoster(MONDAY, (LEADER, WINDOW), "liu"))
    answer = hall.do(cmd.SetRoster(tomorrow, (LEADER,), "liu"))
    assert answer["duties"][0]["photo"] == LEADER.photo
    assert hall.state.roster == {MONDAY: Roster((LEADER, WINDOW)), tomorrow: Roster((LEADER,))}
    hall.wait(DAY.total_seconds())
    hall.do(cmd.PassTime())
    assert hall.state.roster == {tomorrow: Roster((LEADER,))}
    hall.do(cmd.SetRoster(tomorrow, (), "liu"))
    assert hall.state.roster == {}


@pytest.mark.parametrize("ahead", [-1, 367])
def test_roster_of_a_day_that_is_over_or_far_away_is_refused(hall: SmallHall, ahead: int) -> None:
    with pytest.raises(errors.RosterOutOfReach):
        hall.do(cmd.SetRoster(MONDAY + ahead * DAY, (LEADER,), "liu"))


@pytest.mark.parametrize(
    ("duties", "refusal"),
    [
        ((Duty(DutyRole.LEADER, " "),), errors.DutyUnclear),
        ((Duty(DutyRole.SHIFT_LEADER, "王强", window=1),), errors.DutyUnclear),
        ((Duty(DutyRole.WINDOW, "王强"),), errors.DutyUnclear),
        ((Duty(DutyRole.WINDOW, "王强", window=9),), errors.UnknownWindow),
        ((Duty(DutyRole.LEADER, "王强", "长" * 41),), errors.TextLength),
        ((LEADER,) * (MOST_DUTIES + 1), errors.TooManyDuties),
    ],
)
def test_duty_that_no_screen_could_show_is_refused(
    hall: SmallHall, duties: tuple[Duty, ...], refusal: type[errors.HallError]
) -> None:
    with pytest.raises(refusal):
        hall.do(cmd.SetRoster(MONDAY, duties, "liu"))


def test_announcement_is_shown_until_its_time_is_over_or_somebody_ends_it(hall: SmallHall) -> None:
    first, second = announce(hall), announce(hall, AnnouncementKind.EMERGENCY, times=5, zones=("tax",))
    made = hall.state.announcements[second["id"]]
    assert (made.kind, made.times, made.zones) == (AnnouncementKind.EMERGENCY, 5, ("tax",))
    assert [made.showing(MONDAY_9 + seconds * timedelta(seconds=1)) for seconds in (0, 299, 300)] == [True, True, False]
    hall.wait(60)
    ended = hall.do(cmd.EndAnnouncement(first["id"], "wang"))
    assert ended["ends"] == hall.now.isoformat()
    assert not hall.state.announcements[first["id"]].showing(hall.now)
    hall.wait(60)
    assert hall.do(cmd.EndAnnouncement(first["id"], "wang")) == ended
    with pytest.raises(errors.UnknownAnnouncement):
        hall.do(cmd.EndAnnouncement("none", "wang"))


@pytest.mark.parametrize(
    "asked", [{"times": 0}, {"times": 6}, {"lasts": timedelta(0)}, {"lasts": timedelta(hours=24, seconds=1)}]
)
def test_announcement_out_of_bounds_is_refused(hall: SmallHall, asked: dict[str, Any]) -> None:
    with pytest.raises(errors.AnnouncementBounds):
        announce(hall, **asked)


def test_announcement_has_some_words_and_not_too_many(hall: SmallHall) -> None:
    for text in ("", "长" * 121):
        with pytest.raises(errors.TextLength):
            announce(hall, text=text)


def test_so_many_announcements_at_once_and_no_more(hall: SmallHall) -> None:
    made = [announce(hall)["id"] for _ in range(MOST_ANNOUNCEMENTS)]
    with pytest.raises(errors.TooManyAnnouncements):
        announce(hall)
    hall.do(cmd.EndAnnouncement(made[0], "liu"))
    announce(hall)
    hall.wait(300)
    announce(hall)


def test_announcements_end_with_their_day(hall: SmallHall) -> None:
    announce(hall, lasts=24 * HOUR)
    hall.wait(20 * 3600)
    hall.do(cmd.PassTime())
    assert hall.state.announcements == {}


def test_clerk_carries_a_photo_to_the_window(hall: SmallHall) -> None:
    clerk = Clerk("chen", "陈晓兰", "0307", "社保医保经办岗", "0f" * 16)
    hall.open(1, clerk=clerk)
    assert hall.state.windows[1].clerk == clerk
    assert hall.replayed().state.windows[1].clerk == clerk


def test_roster_is_not_written_over_one_that_its_writer_has_not_seen(hall: SmallHall) -> None:
    none = hall.do(cmd.SetRoster(MONDAY, (LEADER,), "liu", seen=0))
    with pytest.raises(errors.StaleRoster):
        hall.do(cmd.SetRoster(MONDAY, (WINDOW,), "wang", seen=0))
    mine = hall.do(cmd.SetRoster(MONDAY, (LEADER, WINDOW), "liu", seen=none["revision"]))
    assert hall.replayed().state.roster[MONDAY].revision == mine["revision"] != none["revision"]
    hall.do(cmd.SetRoster(MONDAY, (), "wang", seen=mine["revision"]))
    for seen in (mine["revision"], none["revision"]):
        with pytest.raises(errors.StaleRoster):
            hall.do(cmd.SetRoster(MONDAY, (LEADER,), "liu", seen=seen))
    assert hall.do(cmd.SetRoster(MONDAY, (LEADER,), "liu", seen=0))["duties"][0]["name"] == LEADER.name
    assert hall.do(cmd.SetRoster(MONDAY, (WINDOW,), "wang"))["duties"][0]["window"] == 1


def test_times_are_kept_in_one_zone_wherever_they_were_written(hall: SmallHall) -> None:
    """So that the log says the same of the same instant."""
    shanghai = timezone(8 * HOUR)
    starts, ends = ((MONDAY_9 + hours * HOUR).astimezone(shanghai) for hours in (1, 2))
    posted = post(hall, starts=starts, ends=ends)
    assert (posted["starts"], posted["ends"]) == ("2026-11-23T02:00:00+00:00", "2026-11-23T03:00:00+00:00")


@pytest.mark.parametrize("sign", [-1, 1])
def test_notice_may_be_for_five_years_and_no_longer(hall: SmallHall, sign: int) -> None:
    years = 5 * 366 * DAY
    with pytest.raises(errors.BadSpan):
        post(hall, starts=MONDAY_9 + sign * years)
    post(hall, starts=MONDAY_9 + sign * (years - HOUR))


def test_the_fullest_roster_of_the_last_day_is_taken(hall: SmallHall) -> None:
    longest = Duty(DutyRole.LEADER, "长" * 40, "长" * 40, "1" * 40)
    last = MONDAY + 366 * DAY
    hall.do(cmd.SetRoster(last, (longest,) * MOST_DUTIES, "liu"))
    assert len(hall.state.roster[last].duties) == MOST_DUTIES
    for wrong in (Duty(DutyRole.LEADER, "王", phone="1" * 41), Duty(DutyRole.LEADER, "长" * 41)):
        with pytest.raises(errors.TextLength) as refusal:
            hall.do(cmd.SetRoster(last, (wrong,), "liu"))
        assert refusal.value.params == {"most": 40}


def test_roster_of_a_day_without_one_may_be_removed(hall: SmallHall) -> None:
    assert hall.do(cmd.SetRoster(MONDAY, (), "liu"))["revision"] == 0
    assert hall.state.roster == {}


def test_announcement_says_when_and_by_whom_it_was_made(hall: SmallHall) -> None:
    made = announce(hall, zones=("tax", "tax"))
    assert (made["at"], made["staff"], made["zones"]) == (hall.now.isoformat(), "liu", ["tax"])
