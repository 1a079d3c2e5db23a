"""The 4-key pad's bytes: the documented ones, every cut of them, and anything a noisy line can do to them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluator.dialects import Garbage, KeyPressed, OtherFrame, Say
from evaluator.dialects.hallqueue import HallQueueDecoder, HallQueueDialect
from server.device.frames.hallqueue import FULL, LONGEST_BODY, LONGEST_FRAME, Frame, FrameReader

BEST_AT_83 = bytes.fromhex("FF 68 03 03 68 83 11 03 97 16")
WORST_AT_84 = bytes.fromhex("FF 68 03 03 68 84 11 00 95 16")
DIALECT = HallQueueDialect(name="hallqueue", ack="queuesystem")


@pytest.mark.parametrize("number", ["", "A", "1234567"])
def test_a_number_the_pad_cannot_show_is_refused(number: str) -> None:
    with pytest.raises(ValueError, match="digits"):
        DIALECT.show_number(3, number)


@pytest.mark.parametrize("stars", ["-1", "6"])
def test_stars_out_of_range_are_refused(stars: str) -> None:
    with pytest.raises(ValueError, match="stars"):
        DIALECT.tell(3, Say.STARS, stars)


def test_an_address_that_is_no_byte_is_refused() -> None:
    with pytest.raises(ValueError, match="range"):
        DIALECT.ask(256)


def test_a_frame_too_long_to_be_found_again_is_refused() -> None:
    with pytest.raises(ValueError, match="at most"):
        bytes(Frame(1, 2, bytes(LONGEST_BODY)))


@pytest.mark.parametrize(
    ("heard", "events"),
    [
        (BEST_AT_83, [KeyPressed(0x83, 3)]),
        (BEST_AT_83[1:], [KeyPressed(0x83, 3)]),
        (BEST_AT_83 + WORST_AT_84, [KeyPressed(0x83, 3), KeyPressed(0x84, 0)]),
        (b"\xff" + BEST_AT_83, [Garbage(b"\xff", "no frame head"), KeyPressed(0x83, 3)]),
        # A key this pad should not have is reported as it came: what it means is not the codec's to guess.
        (bytes.fromhex("FF 68 03 03 68 83 11 09 9D 16"), [KeyPressed(0x83, 9)]),
        # The caller's keys, our own echo, and a press with two values are frames, but no votes.
        (bytes.fromhex("FF 68 03 03 68 03 01 0C 10 16"), [OtherFrame(3, 1, b"\x0c")]),
        (DIALECT.ask(0x83), [OtherFrame(0x83, 1, b"")]),
        (bytes.fromhex("FF 68 04 04 68 83 11 03 02 99 16"), [OtherFrame(0x83, 0x11, b"\x03\x02")]),
    ],
)
def test_what_arrives_is_reported_for_what_it_is(heard: bytes, events: list[object]) -> None:
    assert HallQueueDecoder().receive(heard) == events


@pytest.mark.parametrize(
    ("spoiled", "why"),
    [
        ("FF 68 03 03 68 83 11 03 98 16", "wrong checksum 98, expected 97"),
        ("FF 68 03 03 68 83 11 03 97 17", "wrong tail 17"),
        ("FF 68 03 04 68 83 11 03 97 16", "the two lengths differ: 3 and 4"),
        ("FF 68 F0 F0 68 83 11 03 97 16", "impossible length 240"),
        ("FF 68 01 01 68 83 11 03 97 16", "impossible length 1"),
        ("FF 68 20 20 68 83 11 03 97", "unfinished frame: 8 of 38 bytes"),
        ("FF 68 03", "no frame head"),
        ("55 AA 00", "no frame head"),
    ],
)
def test_a_spoiled_frame_is_no_vote_and_does_not_hold_up_the_next(spoiled: str, why: str) -> None:
    assert HallQueueDecoder().receive(bytes.fromhex(spoiled) + BEST_AT_83) == [
        Garbage(bytes.fromhex(spoiled), why),
        KeyPressed(0x83, 3),
    ]


def test_a_line_gone_quiet_in_mid_frame_reports_and_forgets_it() -> None:
    decoder = HallQueueDecoder()
    assert decoder.receive(BEST_AT_83[:-1]) == []
    assert decoder.quiet() == [Garbage(BEST_AT_83[:-1], "unfinished frame: 8 of 9 bytes")]
    assert decoder.quiet() == []
    assert decoder.receive(BEST_AT_83[-1:] + BEST_AT_83) == [Garbage(b"\x16", "no frame head"), KeyPressed(0x83, 3)]


ANOTHERS = bytes.fromhex("A0 90 03 A5 AA")


@given(st.integers(0, 9), st.binary(max_size=30).map(lambda raw: raw.replace(b"\x16", b"")))
def test_another_devices_frame_leaves_no_trace_wherever_it_came(cut: int, before: bytes) -> None:
    plain, shared = HallQueueDecoder(), HallQueueDecoder()
    events = [*plain.receive(before), *plain.receive(BEST_AT_83)]
    heard = shared.receive(before + BEST_AT_83[:cut] + ANOTHERS)
    shared.disown(len(ANOTHERS))
    assert heard + shared.receive(BEST_AT_83[cut:]) == events


def test_a_frame_of_its_own_kind_is_claimed_whole_for_whichever_address() -> None:
    decoder = HallQueueDecoder()
    claims = []
    for byte in b"\x00" + BEST_AT_83 + DIALECT.ask(0x84):
        decoder.receive(bytes([byte]))
        claims.append(decoder.claimed)
    assert claims == [0] * 10 + [10] + [0] * 8 + [9]


# What a bad line carries: sound frames, their fragments, and bytes that look like parts of them.
octet = st.integers(0, 255)
bodies = st.builds(Frame, octet, octet, st.binary(max_size=LONGEST_BODY - 2), st.booleans())
presses = st.builds(
    lambda address, key, preamble: Frame(address, 0x11, bytes([key]), preamble),
    st.integers(0x80, 0xFF),
    st.integers(0, 3),
    st.booleans(),
)
noise = st.one_of(
    st.binary(max_size=60),
    st.lists(st.sampled_from([0x68, 0x16, 0xFF, 0x02, 0x03, 0x11]), max_size=20).map(bytes),
    st.sampled_from([BEST_AT_83[:cut] for cut in range(10)] + [b"\x68\x20\x20\x68", b"\x68\xff\xff\x68"]),
)
streams = st.lists(st.one_of(noise, bodies.map(bytes), presses.map(bytes)), max_size=12).map(b"".join)


def sound_frames(stream: bytes) -> list[tuple[int, int, bytes]]:
    """Every sound frame, by trying each end with each beginning; a frame may not reach into the one before it."""
    found: list[tuple[int, int, bytes]] = []
    floor = 0
    for end in range(1, len(stream) + 1):
        for start in range(floor, end):
            match list(stream[start:end]):
                case [0x68, length, again, 0x68, address, command, *data, checksum, 0x16] if (
                    length == again == len(data) + 2 <= 32 and checksum == (address + command + sum(data)) & 0xFF
                ):
                    found.append((address, command, bytes(data)))
                    floor = end
                    break
    return found


@given(streams)
def test_exactly_the_sound_frames_are_found(stream: bytes) -> None:
    found = [item for item in FrameReader().receive(stream) if isinstance(item, Frame)]
    assert [(frame.address, frame.command, frame.data) for frame in found] == sound_frames(stream)


@given(streams)
def test_every_press_reported_was_on_the_line(stream: bytes) -> None:
    reported = [(event.address, event.key) for event in HallQueueDecoder().receive(stream) if type(event) is KeyPressed]
    assert reported == [
        (at, data[0]) for at, command, data in sound_frames(stream) if command == 0x11 and len(data) == 1
    ]


@given(streams, st.lists(st.integers(1, 40)))
def test_how_the_bytes_are_cut_changes_nothing(stream: bytes, cuts: list[int]) -> None:
    whole = HallQueueDecoder().receive(stream)
    one_by_one, in_pieces = HallQueueDecoder(), HallQueueDecoder()
    assert [event for byte in stream for event in one_by_one.receive(bytes([byte]))] == whole
    pieces: list[object] = []
    rest = stream
    for cut in [*cuts, len(stream)]:
        pieces += in_pieces.receive(rest[:cut])
        rest = rest[cut:]
    assert pieces == whole


@given(st.lists(st.tuples(st.binary(max_size=50).map(lambda raw: raw.replace(b"\x16", b"")), presses), max_size=6))
def test_no_press_is_lost_to_the_noise_before_it(parts: list[tuple[bytes, Frame]]) -> None:
    decoder = HallQueueDecoder()
    for before, frame in parts:
        events = decoder.receive(before + bytes(frame))
        # At once: not when the next frame or some timer pushes it out.
        assert events[-1] == KeyPressed(frame.address, frame.data[0])


@given(streams)
def test_every_byte_is_accounted_for_and_little_is_held(stream: bytes) -> None:
    reader = FrameReader()
    out = b"".join(item.data if isinstance(item, Garbage) else bytes(item) for item in reader.receive(stream))
    held = b"".join(item.data for item in reader.quiet())
    assert out + held == stream
    assert len(held) < FULL


def test_endless_noise_leaves_room_for_the_longest_frame() -> None:
    longest = bytes(Frame(1, 2, bytes(range(LONGEST_BODY - 2))))
    assert len(longest) == LONGEST_FRAME + 1
    for length in range(3 * FULL):
        reader = FrameReader()
        found = reader.receive(b"\x00" * length + longest)
        assert isinstance(found[-1], Frame), f"lost behind {length} bytes of noise"
