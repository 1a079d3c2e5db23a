"""What `aplay -L` lists, as it is offered to whoever writes config.yaml."""

from __future__ import annotations

from server.device.sound_cards import SoundDevice, parse

LISTING = """null
    Discard all samples (playback) or generate zero samples (capture)
samplerate
    Rate Converter Plugin Using Samplerate Library
default
    Default ALSA Output (currently PipeWire Media Server)
hw:CARD=PCH,DEV=0
    HDA Intel PCH, ALC257 Analog
    Direct hardware device without any conversions
plughw:CARD=PCH,DEV=0
    HDA Intel PCH, ALC257 Analog
    Hardware device with all software conversions
plughw:CARD=Device,DEV=0
    USB Audio Device, USB Audio
    Hardware device with all software conversions
surround51:CARD=PCH,DEV=0
    HDA Intel PCH, ALC257 Analog
    5.1 Surround output to Front, Center, Rear and Subwoofer speakers
"""


def test_each_card_is_offered_once_under_the_name_that_converts() -> None:
    assert parse(LISTING) == [
        SoundDevice("default", "Default ALSA Output (currently PipeWire Media Server)"),
        SoundDevice("plughw:CARD=PCH,DEV=0", "HDA Intel PCH, ALC257 Analog"),
        SoundDevice("plughw:CARD=Device,DEV=0", "USB Audio Device, USB Audio"),
    ]


def test_a_pc_without_cards() -> None:
    assert parse("") == []
