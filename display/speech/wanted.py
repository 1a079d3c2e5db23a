"""What a speaker has to say at one moment, from the hall's state alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from display.board import SPOKEN
from display.speech.utterance import Priority, Utterance
from display.speech.words import Words
from server.config import Settings
from server.config.screens import SpeakerSettings
from server.config.spans import to_spans
from server.hall.announcement import Announcement, AnnouncementKind
from server.hall.instant import to_microseconds
from server.hall.state import Call, HallState
from server.hall.ticket import State
from server.voice.hints import readable


def wanted(
    state: HallState, settings: Settings, speaker: SpeakerSettings, words: Words, now: datetime
) -> list[Utterance]:
    """Everything that is to be spoken at `now` (aware), whether or not it has been begun."""
    announced = list(_announcements(state, speaker, words, now))
    if is_muted(settings, speaker, now):
        return [said for said in announced if said.priority is Priority.EMERGENCY]
    return [*announced, *(_call(call, settings, words) for call in _awaited(state, settings, speaker, now))]


def is_muted(settings: Settings, speaker: SpeakerSettings, now: datetime) -> bool:
    """Whether it is one of the hours in which the speaker says nothing but emergencies."""
    local = now.astimezone(settings.hall.zone)
    stretches = (span.on(local.date(), settings.hall.zone) for span in to_spans(speaker.muted))
    return any(start <= local < end for start, end in stretches)


def _awaited(state: HallState, settings: Settings, speaker: SpeakerSettings, now: datetime) -> Iterator[Call]:
    """The calls of the last minute whose citizens are awaited, each ticket once: a recall takes its call's place."""
    windows = {window.number for window in settings.zone_windows(speaker.zone)}
    seen = set()
    for call in reversed(state.calls):
        if now - call.at > SPOKEN:
            return
        ticket = call.ticket
        if call.window not in windows or ticket.id in seen:
            continue
        seen.add(ticket.id)
        if ticket.state is State.CALLED and ticket.at_window == call.window:
            yield call


def _call(call: Call, settings: Settings, words: Words) -> Utterance:
    sentences = words.call(call)
    return Utterance(
        id=f"call:{call.seq}:{to_microseconds(call.at)}",  # after a new database, events are counted from 1 again
        priority=Priority.CALL if call.count == 1 else Priority.RECALL,
        at=call.at,
        until=call.at + SPOKEN,
        clips=tuple(clip for sentence in sentences for clip in sentence.clips),
        text=" / ".join(sentence.text for sentence in sentences),
        times=settings.voice.repeats,
        window=call.window,
        brief=sentences[0],
    )


def _announcements(state: HallState, speaker: SpeakerSettings, words: Words, now: datetime) -> Iterator[Utterance]:
    for one in state.announcements.values():
        if one.showing(now) and (not one.zones or speaker.zone is None or speaker.zone in one.zones):
            clips = words.typed(one.text)
            if clips is not None:
                yield _announcement(one, clips)


def _announcement(one: Announcement, clips: tuple[str, ...]) -> Utterance:
    return Utterance(
        id=f"announcement:{one.id}",
        priority=Priority.EMERGENCY if one.kind is AnnouncementKind.EMERGENCY else Priority.GENERAL,
        at=one.at,
        until=one.ends,
        clips=clips,
        text=readable(one.text),
        times=one.times,
    )
