"""What every pad dialect keeps to, whatever its bytes: its golden vectors, and that noise is never a press."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pad_templates import ESCAPED, POLLED, SPONTANEOUS, TAXI, speaking

from evaluator.dialects import Dialect, Garbage, KeyPressed, Say, dialects
from evaluator.dialects.golden import first_fault, golden_vectors
from evaluator.virtual_pad.device import PadDevice
from evaluator.virtual_pad.pad import device_for

EVERY = {
    **dialects,
    "spontaneous": speaking(SPONTANEOUS),
    "polled": speaking(POLLED),
    "escaped": speaking(ESCAPED),
    "taxi": speaking(TAXI),
}
AT = 0x43


def a_press(dialect: Dialect, key: int | None = None) -> bytes:
    """What such a pad sends for its best key."""
    pad = device_for(dialect, AT, lambda _: None)
    return pad.press(max(dialect.keys) if key is None else key, 0.0) or pad.receive(dialect.poll(AT) or b"")


SOUND = {name: a_press(dialect) for name, dialect in EVERY.items()}
SENT = {name: {a_press(dialect, key) for key in dialect.keys} for name, dialect in EVERY.items()}
for front in ("hallqueue", "hallqueuefront"):
    SENT[front] |= {sent[1:] for sent in SENT[front]}  # some firmware leaves the FF out
names = st.sampled_from(sorted(EVERY))


def heard(dialect: Dialect, stream: bytes) -> list[object]:
    return list(dialect.decoder().receive(stream))


@st.composite
def streams(draw: st.DrawFn, name: str) -> bytes:
    """What a bad line carries: presses, what the hall itself said, their halves, and bytes that look like parts."""
    dialect, sound = EVERY[name], SOUND[name]
    own = [frame for say in Say if (frame := dialect.tell(AT, say, "3"))]
    alphabet = sorted({*sound, *b"".join(own), 0, 0xFF})
    cut = st.builds(lambda at: sound[:at], st.integers(0, len(sound)))
    noise = st.one_of(st.binary(max_size=20), st.lists(st.sampled_from(alphabet), max_size=20).map(bytes), cut)
    return b"".join(draw(st.lists(st.one_of(noise, st.just(sound), st.sampled_from(own or [b""])), max_size=8)))


@pytest.mark.parametrize("name", sorted(dialects))
def test_a_dialect_agrees_with_its_golden_vectors(name: str) -> None:
    vectors = golden_vectors(name)
    assert {"press", "acknowledge", "ask"} <= {golden.says for golden in vectors}
    assert first_fault(dialects[name], vectors) is None


def test_a_dialect_that_does_not_agree_says_where() -> None:
    vectors = golden_vectors("hallqueue")
    assert (first_fault(dialects["hallqueuefront"], vectors) or "").startswith(
        "2: made 68 02 02 68 83 01 84 16, not FF"
    )
    assert (first_fault(dialects["text"], vectors) or "").startswith("0: read [")


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_key_that_is_pressed_is_read_and_acknowledged(name: str) -> None:
    dialect = EVERY[name]
    pad = device_for(dialect, AT, lambda _: None)
    assert dialect.levels.keys() == dialect.keys.keys()
    assert list(dialect.levels.values()) == sorted(dialect.levels.values(), reverse=True)
    for key in dialect.keys:
        sent = pad.press(key, 0.0) or pad.receive(dialect.poll(AT) or b"")
        (pressed,) = heard(dialect, sent)
        assert isinstance(pressed, KeyPressed)
        assert (pressed.key, pressed.address in (AT, None), pad.waiting) == (key, True, True)
        pad.receive(dialect.acknowledge(AT, pressed.key, pressed.serial) or b"")
        assert (pad.acked, pad.waiting) == (True, False)


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_pad_shows_what_its_dialect_can_tell(name: str) -> None:
    dialect = EVERY[name]
    notes: list[str] = []
    pad: PadDevice = device_for(dialect, AT, notes.append)
    for say, shown in ((Say.ASK, "请评价"), (Say.PAUSE, "暂停服务"), (Say.WELCOME, "欢迎"), (Say.NUMBER, "012")):
        if told := dialect.tell(AT, say, "012"):
            pad.receive(told)
            assert pad.showing == shown
    for told in (dialect.show_staff(AT, "陈晓兰"), dialect.beep(AT), dialect.tell(AT, Say.STARS, "4")):
        pad.receive(told or b"")
    assert (pad.clerk, pad.beeps, pad.stars) == (
        "陈晓兰" if dialect.show_staff(AT, "陈晓兰") else "",
        1 if dialect.beep(AT) else 0,
        4 if dialect.tell(AT, Say.STARS, "4") else None,
    )
    assert not [note for note in notes if note.startswith(("skipped", "does not know"))]


@given(names.flatmap(lambda name: st.tuples(st.just(name), streams(name), st.lists(st.integers(1, 9)))))
def test_how_the_bytes_are_cut_changes_nothing(case: tuple[str, bytes, list[int]]) -> None:
    name, stream, cuts = case
    whole = heard(EVERY[name], stream)
    in_pieces, one_by_one = EVERY[name].decoder(), EVERY[name].decoder()
    assert [event for byte in stream for event in one_by_one.receive(bytes([byte]))] == whole
    pieces: list[object] = []
    for cut in [*cuts, len(stream)]:
        pieces += in_pieces.receive(stream[:cut])
        stream = stream[cut:]
    assert pieces == whole


@given(names.flatmap(lambda name: st.tuples(st.just(name), st.binary(max_size=300))))
def test_no_bytes_crash_it_or_are_kept_for_ever(case: tuple[str, bytes]) -> None:
    name, noise = case
    decoder = EVERY[name].decoder()
    held = 0
    for byte in noise:
        held += 1
        held -= sum(len(event.data) for event in decoder.receive(bytes([byte])) if isinstance(event, Garbage))
    left = decoder.quiet()
    assert sum(len(garbage.data) for garbage in left) <= held <= 300
    assert sum(len(garbage.data) for garbage in left) <= 100
    assert not decoder.is_unfinished


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_press_with_any_bit_wrong_is_no_press(name: str) -> None:
    sound = SOUND[name]
    for bit in range(8 * len(sound)):
        spoiled = bytearray(sound)
        spoiled[bit // 8] ^= 1 << bit % 8
        events = heard(EVERY[name], bytes(spoiled))
        pressed = [event for event in events if isinstance(event, KeyPressed)]
        # The FF before a hallqueue frame is known to be missing on some firmware, and is no part of what is checked.
        if name.startswith("hallqueue") and bit < 8:
            assert pressed == [KeyPressed(AT, 3)]
        else:
            assert pressed == []


@given(names.flatmap(lambda name: st.tuples(st.just(name), streams(name))))
def test_no_press_is_invented(case: tuple[str, bytes]) -> None:
    """What is reported as a press is, byte for byte, what a pad sends for one of its keys."""
    name, stream = case
    decoder = EVERY[name].decoder()
    for place, byte in enumerate(stream, 1):
        if any(isinstance(event, KeyPressed) for event in decoder.receive(bytes([byte]))):
            assert stream[place - decoder.claimed : place] in SENT[name]


@given(names.flatmap(lambda name: st.tuples(st.just(name), st.binary(max_size=40))))
def test_after_a_silence_a_press_is_heard_whatever_came_before(case: tuple[str, bytes]) -> None:
    name, before = case
    decoder = EVERY[name].decoder()
    decoder.receive(before)
    decoder.quiet()
    assert isinstance(list(decoder.receive(SOUND[name]))[-1], KeyPressed)
