"""The window strip's bytes: computed vectors, every cut of them, and anything a noisy line can do to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from display.strip.codec import NOTHING, Heard
from display.strip.hallqueuefront import (
    COLOURS,
    GOLDEN,
    HEAD,
    LONGEST,
    LONGEST_DATA,
    Confirmation,
    FrameReader,
    HallQueueFrontCodec,
    TextFrame,
)
from display.strip.picture import Picture
from server.config.strips import StripColour

CODEC = HallQueueFrontCodec()


def read(stream: bytes) -> list[TextFrame | Confirmation]:
    reader = FrameReader()
    return [found for at in range(len(stream)) if (found := reader.receive(stream[at : at + 1])[0]) is not None]


@pytest.mark.parametrize(("address", "text", "colour", "frame"), GOLDEN)
def test_frames_sent_are_the_written_vectors(address: int, text: str, colour: StripColour, frame: str) -> None:
    sent = CODEC.show(address, Picture((text,), colour=colour))
    assert sent == bytes.fromhex(frame)
    (found,) = read(sent)
    assert isinstance(found, TextFrame)
    assert bytes(byte for byte, _ in found.cells).decode("gbk") == text
    assert {COLOURS[shade] for _, shade in found.cells} == {colour}


def test_the_length_is_counted_to_the_base_of_255_not_256() -> None:
    for pairs in (127, 128, 255):
        frame = CODEC.show(1, Picture((" " * pairs,)))
        assert divmod(2 * pairs, 255) == (frame[4], frame[5])


def test_rows_follow_each_other_without_a_mark() -> None:
    assert CODEC.show(1, Picture(("ab", "cd"))) == CODEC.show(1, Picture(("abcd",)))


def test_what_gbk_does_not_have_is_a_question_mark() -> None:
    assert CODEC.show(1, Picture(("한",))) == CODEC.show(1, Picture(("?",)))


@pytest.mark.parametrize(
    ("address", "text"),
    [(256, "a"), (1, "a" * (LONGEST_DATA // 2 + 1))],
)
def test_what_does_not_fit_into_a_frame_is_refused(address: int, text: str) -> None:
    with pytest.raises(ValueError, match=r"range|at most"):
        CODEC.show(address, Picture((text,)))


def test_a_confirmation_is_claimed_whole_and_names_its_strip() -> None:
    reader = CODEC.reader()
    heard = [reader.hear(bytes([byte])) for byte in bytes.fromhex("A0 90 03 A5 AA")]
    assert heard == [NOTHING] * 4 + [Heard(5, 3)]


def test_the_echo_of_a_text_is_claimed_and_answers_nothing() -> None:
    sent = CODEC.show(3, Picture(("请A012号",)))
    reader = CODEC.reader()
    heard = [reader.hear(bytes([byte])) for byte in sent]
    assert heard == [NOTHING] * (len(sent) - 1) + [Heard(len(sent), None)]


@pytest.mark.parametrize(
    "spoiled",
    [
        "A0 90 03 A5 AB",
        "A0 91 03 A5 AA",
        "A0 90 03 A4 AA",
        "A0 90 03 A5 00 02 41 00 E6",  # its XOR is E7
        "A0 90 03 A5 00 FF 41 00 E7",
        "A0 90 03 A5 FF FF",
    ],
)
def test_a_spoiled_frame_is_none_and_does_not_hold_up_the_next(spoiled: str) -> None:
    assert read(bytes.fromhex(spoiled) + bytes(Confirmation(7))) == [Confirmation(7)]


octet = st.integers(0, 255)
texts = st.builds(TextFrame, octet, st.lists(st.tuples(octet, st.integers(0, 2)), max_size=30).map(tuple))
frames = st.one_of(texts, st.builds(Confirmation, octet))
noise = st.one_of(
    st.binary(max_size=40),
    st.lists(st.sampled_from([0xA0, 0x90, 0xA5, 0xAA, 0x00, 0x03]), max_size=20).map(bytes),
)


@given(frames, noise.filter(lambda raw: HEAD not in raw and not raw.endswith(HEAD[:1])))
def test_a_sound_frame_is_found_with_its_last_byte_whatever_came_before(
    frame: TextFrame | Confirmation, before: bytes
) -> None:
    reader = FrameReader()
    for at in range(len(before)):
        assert reader.receive(before[at : at + 1]) == (None, 0)
    sent = bytes(frame)
    for at in range(len(sent)):
        found = reader.receive(sent[at : at + 1])
        assert (found == (frame, len(sent))) == (at == len(sent) - 1) or _has_a_smaller_one(frame)


def _has_a_smaller_one(frame: TextFrame | Confirmation) -> bool:
    """Whether its own bytes contain another frame, which then is found first."""
    return HEAD in bytes(frame)[1:]


@given(st.lists(st.one_of(noise, frames.map(bytes)), max_size=10).map(b"".join))
def test_only_sound_frames_are_found_and_little_is_held(stream: bytes) -> None:
    reader = FrameReader()
    for at in range(len(stream)):
        found, claimed = reader.receive(stream[at : at + 1])
        if found is not None:
            assert stream[at + 1 - claimed : at + 1] == bytes(found)
        assert len(reader._buffer) <= LONGEST


@given(texts)
def test_what_is_sent_is_what_is_read(frame: TextFrame) -> None:
    assert read(bytes(frame))[-1:] == [frame] or _has_a_smaller_one(frame)
