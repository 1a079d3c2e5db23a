"""What a keypad says and is told, byte for byte; and that no bytes at all make it say what it did not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter.keypad.dialects import dialects
from counter.keypad.keys import KEY_WORDS, Key, KeypadDecoder, KeyTyped, Typed, cells_of
from server.device.frames.hallqueue import FULL, Frame
from server.device.frames.hallqueue_digits import digit_cells

FRONT, SYSTEM = dialects["hallqueuefront"], dialects["queuesystem"]
TYPED = st.builds(
    Typed,
    st.sampled_from(Key),
    st.text("0123456789", max_size=8),
    st.integers(0, 255).filter(lambda command: command not in (0x02, 0x03, 0x11)),
)
ADDRESSES = st.integers(0, 255)


def heard(data: bytes) -> list[KeyTyped]:
    return [event for event in KeypadDecoder().receive(data) if isinstance(event, KeyTyped)]


def frame_of(address: int, typed: Typed, *, preamble: bool = True) -> bytes:
    return bytes(Frame(address, typed.command, bytes(typed), preamble))


@pytest.mark.parametrize(
    ("hex_bytes", "typed"),
    [
        ("FF 68 03 03 68 03 01 0C 10 16", Typed(Key.CALL)),
        ("68 03 03 68 03 01 0C 10 16", Typed(Key.CALL)),
        ("FF 68 04 04 68 03 01 00 0B 0F 16", Typed(Key.WAIT, "0")),
        ("FF 68 07 07 68 03 01 01 02 03 04 0F 1D 16", Typed(Key.FUNCTION, "1234")),
        ("FF 68 04 04 68 03 01 05 13 1C 16", Typed(Key.TRANSFER, "5")),
        ("FF 68 03 03 68 03 10 12 25 16", Typed(Key.PAUSE, "", 0x10)),
    ],
)
def test_keys_and_the_digits_before_them_are_read(hex_bytes: str, typed: Typed) -> None:
    assert heard(bytes.fromhex(hex_bytes)) == [KeyTyped(3, typed)]


@pytest.mark.parametrize(
    ("what", "hex_bytes"),
    [
        ("a pad's press at the same address", "FF 68 03 03 68 03 11 0C 20 16"),
        ("our own six blank cells, echoed", "FF 68 08 08 68 03 02 0A 0A 0A 0A 0A 0A 41 16"),
        ("our own beep, echoed", "FF 68 02 02 68 03 03 06 16"),
        ("the pad's acknowledgement", "68 02 02 68 03 01 04 16"),
        ("digits without a key", "FF 68 04 04 68 03 01 01 02 07 16"),
        ("a key among the digits", "FF 68 04 04 68 03 01 0C 0C 1C 16"),
        ("a key that nobody knows", "FF 68 03 03 68 03 01 20 24 16"),
        ("a wrong checksum", "FF 68 03 03 68 03 01 0C 11 16"),
        ("a wrong tail", "FF 68 03 03 68 03 01 0C 10 17"),
        ("two lengths that differ", "FF 68 03 04 68 03 01 0C 10 16"),
        ("nine digits", "FF 68 0C 0C 68 03 01 01 01 01 01 01 01 01 01 01 0C 19 16"),
    ],
)
def test_what_is_no_key_is_none(what: str, hex_bytes: str) -> None:
    assert heard(bytes.fromhex(hex_bytes)) == [], what


@pytest.mark.parametrize(
    ("frame", "hex_bytes"),
    [
        (SYSTEM.show(3, SYSTEM.number("A012", 5)), "FF 68 08 08 68 03 02 0A 0A 0A 00 01 02 26 16"),
        (SYSTEM.show(3, SYSTEM.idle(12)), "FF 68 08 08 68 03 02 00 01 02 0A 0A 0A 26 16"),
        (FRONT.show(3, FRONT.number("A012", 5)), "FF 68 07 07 68 03 02 00 01 02 0A 05 17 16"),
        (FRONT.show(3, FRONT.idle(0)), "FF 68 04 04 68 03 02 0A 00 0F 16"),
        (SYSTEM.beep(3), "FF 68 02 02 68 03 03 06 16"),
        (SYSTEM.acknowledge(3, Typed(Key.CALL)), "FF 68 03 03 68 03 01 0C 10 16"),
    ],
)
def test_what_a_keypad_is_told(frame: bytes, hex_bytes: str) -> None:
    """The first and the beep are the survey's golden vectors."""
    assert frame == bytes.fromhex(hex_bytes)


def test_a_number_is_in_the_cells_that_other_digit_displays_have() -> None:
    assert cells_of(SYSTEM.number("A012", 0)) == digit_cells("A012")


@given(ADDRESSES, TYPED, st.booleans())
def test_whatever_can_be_typed_is_read_back(address: int, typed: Typed, preamble: bool) -> None:
    assert heard(frame_of(address, typed, preamble=preamble)) == [KeyTyped(address, typed)]


@given(st.binary(max_size=400))
def test_no_bytes_crash_the_decoder_or_fill_its_memory(data: bytes) -> None:
    decoder = KeypadDecoder()
    seen = sum(len(bytes(e.data)) for e in decoder.receive(data) + list(decoder.quiet()) if hasattr(e, "data"))
    assert seen <= len(data)
    assert not decoder.is_unfinished
    assert len(decoder._frames._buffer) < FULL


@given(st.binary(max_size=200))
def test_a_key_is_heard_only_where_its_whole_frame_stands(data: bytes) -> None:
    for event in heard(data):
        assert bytes(Frame(event.address, event.key.command, bytes(event.key), preamble=False)) in data


@given(st.lists(st.tuples(ADDRESSES, TYPED), max_size=4), st.data())
def test_frames_are_read_however_they_are_cut(typed: list[tuple[int, Typed]], data: st.DataObject) -> None:
    stream = b"".join(frame_of(address, each) for address, each in typed)
    decoder, found, rest = KeypadDecoder(), [], stream
    while rest:
        size = data.draw(st.integers(1, len(rest)))
        found += decoder.receive(rest[:size])
        rest = rest[size:]
    assert found == [KeyTyped(address, each) for address, each in typed]


@given(TYPED, st.integers(0, 200), st.integers(1, 255))
def test_a_frame_with_one_byte_spoiled_says_nothing_else(typed: Typed, place: int, mask: int) -> None:
    frame = bytearray(frame_of(3, typed))
    place %= len(frame)
    frame[place] ^= mask
    # The preamble may be anything; every other byte is covered by the length, the sum or a constant.
    assert heard(bytes(frame)) == ([KeyTyped(3, typed)] if place == 0 else [])


@given(st.binary(max_size=60), TYPED)
def test_a_key_is_heard_whatever_noise_came_before_it(noise: bytes, typed: Typed) -> None:
    """Unless the noise ends within a frame of its own that swallows the first bytes."""
    assert heard(noise + frame_of(3, typed))[-1:] == [KeyTyped(3, typed)]


def test_every_key_has_its_word() -> None:
    assert set(KEY_WORDS) == set(Key)
