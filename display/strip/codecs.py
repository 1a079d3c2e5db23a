"""The codec for each strip of the settings, and what is wrong with those that have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from display.strip.codec import StripCodec
from display.strip.digits import DigitsCodec
from display.strip.hallqueuefront import HallQueueFrontCodec
from display.strip.template import TemplateCodec, load_template
from server.config import Settings
from server.config.section import Mistake
from server.config.strips import StripSettings
from server.device.template_file import TemplateMistake
from server.told import told, told_of


def codec_for(strip: StripSettings) -> StripCodec:
    """Raises TemplateMistake."""
    if strip.template is not None:
        return TemplateCodec(load_template(strip.template), strip.address)
    return DigitsCodec() if strip.dialect == "digits" else HallQueueFrontCodec()


def strip_mistakes(settings: Settings) -> Iterator[Mistake]:
    """Each template that cannot be used, by its path in config.yaml."""
    neighbours = (*(pad.link for pad in settings.pads), *(keypad.link for keypad in settings.keypads))
    lines = Counter((*neighbours, *(strip.link for strip in settings.strips)))
    for index, strip in enumerate(settings.strips):
        try:
            codec = codec_for(strip)
        except TemplateMistake as error:
            yield f"strips.{index}.template", told_of(error)
            continue
        if isinstance(codec, TemplateCodec) and not codec.is_unmistakable and lines[strip.link] > 1:
            # It would be cut out of a pad's press wherever it occurs there.
            yield f"strips.{index}.template", told("an answer of fewer than 3 bytes needs a line of its own")
