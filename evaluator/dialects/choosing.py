"""The dialect for each pad of the settings, and what is wrong with those that have none."""

from __future__ import annotations

from collections.abc import Iterator

from evaluator.dialects import BESIDE_KEYPAD, HID_KEYS, Dialect, dialects
from evaluator.dialects.template import TemplateDialect, load_template
from server.config import Settings
from server.config.devices import PadSettings
from server.config.section import Mistake
from server.device.template_file import TemplateMistake
from server.told import told, told_of


def dialect_for(pad: PadSettings, settings: Settings) -> Dialect:
    """Raises TemplateMistake."""
    shared = {(keypad.link, keypad.address) for keypad in settings.keypads}
    beside_keypad = pad.template is None and (pad.link, pad.address) in shared
    return BESIDE_KEYPAD if beside_keypad else own_dialect(pad)


def own_dialect(pad: PadSettings) -> Dialect:
    """For a pad that shares its address with nobody. Raises TemplateMistake."""
    if pad.template is not None:
        return TemplateDialect(load_template(pad.template))
    return HID_KEYS if pad.dialect == HID_KEYS.name else dialects[pad.dialect]


def pad_mistakes(settings: Settings) -> Iterator[Mistake]:
    """Each template that cannot be used, and each sound that its pad has no frame for, by its path in config.yaml.

    An agent's templates are on its own PC.
    """
    for index, pad in enumerate(settings.pads):
        if pad.agent is not None and pad.template is not None:
            continue
        try:
            dialect = dialect_for(pad, settings)
        except TemplateMistake as error:
            yield f"pads.{index}.template", told_of(error)
            continue
        if pad.beep and dialect.beep(pad.address) is None:
            yield f"pads.{index}.beep", told("such a pad cannot be told to beep")
        alone = [other.link for other in settings.pads].count(pad.link) == 1
        if isinstance(dialect, TemplateDialect) and not dialect.is_addressed and not alone:
            yield f"pads.{index}.template", told("a press without {address} needs a line without other pads")
