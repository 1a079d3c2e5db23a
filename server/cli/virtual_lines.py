"""The demo's pads, keypads and LED strips, on lines as the configuration has them: several on one by a virtual bus."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from server.cli.virtual_devices import RunningDevice, VirtualDevices
from server.config import Settings
from server.config.devices import KeypadSettings, PadSettings
from server.config.strips import StripSettings

_UNPLAYABLE = "template"
"""What a template describes is a device of somebody else's."""


@dataclass(frozen=True, slots=True)
class RunningLines:
    """`links`: where each line of the configuration is found. Pads, keypads and strips by their windows."""

    links: dict[str, str]
    pads: list[tuple[int, RunningDevice]]
    keypads: list[tuple[int, RunningDevice]]
    strips: list[tuple[int, RunningDevice]]
    playable: tuple[StripSettings, ...]


def run_lines(devices: VirtualDevices, folder: Path, settings: Settings) -> RunningLines:
    """Start what is not running yet. Raises DeviceFailed."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    pads: list[tuple[int, RunningDevice]] = []
    keypads: list[tuple[int, RunningDevice]] = []
    strips: list[tuple[int, RunningDevice]] = []
    for pad in settings.pads:
        shared = any((keypad.link, keypad.address) == (pad.link, pad.address) for keypad in settings.keypads)
        template = [] if pad.template is None else ["--template", pad.template]
        options = (*_identity(pad), *template, *(["--no-digits"] if shared else []))
        device = _run(devices, folder, f"pad-{pad.window}", "evaluator.virtual_pad", *options)
        pads.append((pad.window, device))
        found[pad.link].append(device.ready["link"])
    for keypad in settings.keypads:
        device = _run(devices, folder, f"keypad-{keypad.window}", "counter.virtual_keypad", *_identity(keypad))
        keypads.append((keypad.window, device))
        found[keypad.link].append(device.ready["link"])
    playable = tuple(strip for strip in settings.strips if strip.dialect != _UNPLAYABLE)
    for strip in playable:
        options = (*_identity(strip), "--size", strip.size)
        device = _run(devices, folder, f"strip-{strip.window}", "display.virtual_strip", *options)
        strips.append((strip.window, device))
        found[strip.link].append(device.ready["link"])
    links = {link: _joined(devices, folder, place, ends) for place, (link, ends) in enumerate(found.items(), 1)}
    return RunningLines(links, pads, keypads, strips, playable)


def _identity(device: PadSettings | KeypadSettings | StripSettings) -> tuple[str, ...]:
    return "--window", str(device.window), "--address", str(device.address), "--dialect", device.dialect


def _joined(devices: VirtualDevices, folder: Path, place: int, ends: list[str]) -> str:
    """One device is its own line; several are joined by a bus."""
    if len(ends) == 1:
        return ends[0]
    wires = [option for end in ends for option in ("--device", end)]
    return str(_run(devices, folder, f"bus-{place}", "server.device.virtual_bus", *wires).ready["link"])


def _run(devices: VirtualDevices, folder: Path, name: str, program: str, *options: str) -> RunningDevice:
    return devices.run(name, program, *options, "--link", str(folder / name), "--control", "0")
