"""Templates of pads as an installer would write them, for tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from evaluator.dialects.template import PadTemplate, TemplateDialect

KEYS = {1: {"word": "非常满意", "level": 5}, 2: {"word": "满意", "level": 4}, 5: {"word": "不满意", "level": 2}}
SPONTANEOUS: dict[str, Any] = {
    "frames": {
        "press": "7E {address} 11 {key} {check} 0D",
        "acknowledge": "7E {address} 06 {key} {check} 0D",
        "welcome": "7E {address} 00 {check} 0D",
        "ask": "7E {address} 01 {check} 0D",
        "pause": "7E {address} 03 {check} 0D",
        "cancel": "7E {address} 08 {check} 0D",
        "beep": "7E {address} 07 {check} 0D",
        "number": "7E {address} 02 {length} {text} {check} 0D",
        "staff": "7E {address} 04 {length} {text} {check} 0D",
        "voice": "7E {address} 09 {length} {text} {check} 0D",
        "stars": "7E {address} 05 {stars} {check} 0D",
    },
    "checksum": {"kind": "sum8", "start": 1},
    "keys": KEYS,
    "golden": [
        {"says": "press", "address": 3, "key": 1, "frame": "7E 03 11 01 15 0D"},
        {"says": "number", "address": 3, "text": "A1", "frame": "7E 03 02 02 41 31 79 0D"},
    ],
}
POLLED: dict[str, Any] = {
    "frames": {
        "press": "AA {address} 21 {key} {check}",
        "nothing": "AA {address} 20 {check}",
        "poll": "AA {address} 05 {check}",
        "acknowledge": "AA {address} 06 {check}",
        "ask": "AA {address} 01 {check}",
    },
    "checksum": {"kind": "crc16-modbus", "start": 0},
    "keys": KEYS,
    "golden": [{"says": "press", "address": 3, "key": 1, "frame": "AA 03 21 01 08 6C"}],
}
ESCAPED: dict[str, Any] = {
    "frames": {"press": "7E 10 {serial} {key} {check} 7E", "acknowledge": "7E 11 {serial} {check} 7E"},
    "checksum": {"kind": "xor8", "start": 1},
    "escape": {"byte": 0x7D, "codes": {0x01: 0x7D, 0x02: 0x7E}},
    "keys": KEYS,
    "golden": [{"says": "press", "key": 1, "serial": 0x7E, "frame": "7E 10 7D 02 01 6F 7E"}],
}
TAXI: dict[str, Any] = {
    "frames": {
        "press": "55 AA 00 05 06 00 00 10 {key} {check} 55 AA",
        "acknowledge": "55 AA 00 05 06 00 00 10 00 {check} 55 AA",
    },
    "checksum": {"kind": "xor8", "start": 2},
    "keys": KEYS,
    "golden": [{"says": "press", "key": 1, "frame": "55 AA 00 05 06 00 00 10 01 12 55 AA"}],
}


def written(folder: Path, content: dict[str, Any], **changed: object) -> str:
    """The template as a file; its path."""
    file = folder / "maker.yaml"
    file.write_text(yaml.safe_dump(content | changed, allow_unicode=True), encoding="utf-8")
    return str(file)


def speaking(content: dict[str, Any]) -> TemplateDialect:
    """Raises ValueError for a template that cannot be used."""
    return TemplateDialect(PadTemplate.model_validate(content))
