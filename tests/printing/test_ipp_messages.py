"""IPP messages: as RFC 8010 writes them, there and back, and whatever else may arrive."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.device.ipp import Attribute, Group, GroupTag, IppError, Message, Value, ValueTag, decode, encode

TEXT_TAGS = [ValueTag.NAME, ValueTag.KEYWORD, ValueTag.URI, ValueTag.CHARSET, ValueTag.LANGUAGE, ValueTag.MIME_TYPE]
OTHER_TAGS = [0x10, 0x13, 0x30, 0x31, 0x33, 0x34, 0x35, 0x37, 0x7F]
numbers = st.integers(-(2**31), 2**31 - 1)
values = st.one_of(
    st.builds(Value, st.sampled_from([ValueTag.INTEGER, ValueTag.ENUM]), numbers),
    st.builds(Value, st.just(ValueTag.BOOLEAN), st.booleans()),
    st.builds(Value, st.sampled_from(TEXT_TAGS), st.text()),
    st.builds(Value, st.sampled_from(OTHER_TAGS), st.binary()),
)
attributes = st.builds(Attribute, st.text(min_size=1), st.lists(values, min_size=1, max_size=4).map(tuple))
groups = st.builds(Group, st.sampled_from([1, 2, 4, 5, 6, 15]), st.lists(attributes, max_size=4).map(tuple))
messages = st.builds(
    Message, st.integers(0, 0xFFFF), st.integers(0, 2**32 - 1), st.lists(groups, max_size=4).map(tuple), st.binary()
)


def test_a_print_job_is_written_as_the_standard_shows_it() -> None:
    """RFC 8010 appendix A.1, with the attributes that we send."""
    request = Message(
        0x0002,
        1,
        (
            Group(
                GroupTag.OPERATION,
                (
                    Attribute("attributes-charset", (Value(ValueTag.CHARSET, "utf-8"),)),
                    Attribute("printer-uri", (Value(ValueTag.URI, "ipp://printer.example.com/ipp/print/pinetree"),)),
                ),
            ),
            Group(GroupTag.JOB, (Attribute("copies", (Value(ValueTag.INTEGER, 20),)),)),
        ),
        b"%!PDF...",
    )
    assert encode(request) == (
        b"\x01\x01\x00\x02\x00\x00\x00\x01\x01"
        b"\x47\x00\x12attributes-charset\x00\x05utf-8"
        b"\x45\x00\x0bprinter-uri\x00\x2cipp://printer.example.com/ipp/print/pinetree"
        b"\x02\x21\x00\x06copies\x00\x04\x00\x00\x00\x14\x03%!PDF..."
    )


def test_further_values_of_an_attribute_go_without_its_name() -> None:
    both = Attribute(
        "printer-state-reasons", tuple(Value(ValueTag.KEYWORD, word) for word in ("paused", "media-empty"))
    )
    data = encode(Message(0, 1, (Group(GroupTag.PRINTER, (both,)),)))
    assert b"paused\x44\x00\x00\x00\x0bmedia-empty\x03" in data
    [group] = decode(data).groups
    assert group.words("printer-state-reasons") == ("paused", "media-empty")
    assert group.words("printer-state") == ()
    assert group.number("printer-state") is None


@given(messages)
def test_what_is_written_is_read_again(message: Message) -> None:
    assert decode(encode(message)) == message


@given(messages, st.data())
def test_what_is_cut_off_is_no_message(message: Message, data: st.DataObject) -> None:
    whole = encode(Message(message.code, message.request_id, message.groups))
    with pytest.raises(IppError):
        decode(whole[: data.draw(st.integers(0, len(whole) - 1))])


@given(st.one_of(st.binary(), st.binary().map(lambda rest: b"\x02\x00\x00\x00\x00\x00\x00\x01\x04" + rest)))
def test_any_bytes_are_a_message_or_none(data: bytes) -> None:
    with suppress(IppError):
        assert isinstance(decode(data), Message)


def test_a_text_that_fits_no_message_is_refused() -> None:
    name = Attribute("job-name", (Value(ValueTag.NAME, "x" * 40_000),))
    with pytest.raises(IppError, match="too long"):
        encode(Message(2, 1, (Group(GroupTag.OPERATION, (name,)),)))
