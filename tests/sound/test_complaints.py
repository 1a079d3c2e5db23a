"""What aplay complains of, in a word for whoever has to mend it."""

from __future__ import annotations

import pytest

from display.sound.aplay import condition_of
from display.speech.outlet import Condition


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("aplay: main:831: audio open error: Device or resource busy", Condition("blocked", "sound_card_busy")),
        ("aplay: main:831: audio open error: Permission denied", Condition("blocked", "sound_card_forbidden")),
        ("aplay: main:831: audio open error: No such file or directory", Condition("blocked", "no_sound_card")),
        ("aplay: main:831: audio open error: No such device", Condition("blocked", "no_sound_card")),
        ("aplay: pcm_write:2127: write error: No such device", Condition("blocked", "no_sound_card")),
        ("aplay: pcm_write:2127: write error: Input/output error", Condition("blocked", "sound_card")),
        ("aplay: set_params:1407: Channels count non available", Condition("blocked", "sound_card")),
    ],
)
def test_each(words: str, condition: Condition) -> None:
    assert condition_of(words) == condition
