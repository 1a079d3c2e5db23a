"""An announcement as people read it: the pinyin that was typed into it is for the voice alone."""

from __future__ import annotations

from server.hall.facts import AnnouncementFacts
from server.voice.hints import readable


def shown_announcement(facts: AnnouncementFacts) -> AnnouncementFacts:
    return {**facts, "text": readable(facts["text"])}
