"""A sound card that takes what the real aplay plays, clips whose samples can be told apart, and an outlet."""

from __future__ import annotations

import time
from array import array
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import gevent
import pytest
from sound_card import RATE, SoundCard

from display.sound.alsa import AlsaOutlet
from display.sound.clips import ClipsMissing
from display.speech.outlet import Order, Report
from server.voice.sound import write_wav

GAP = round(0.06 * RATE)
CHIME_GAP = round(0.15 * RATE)
STEP = 500


@dataclass
class FolderClips:
    """Clips that are made when the test begins: each is one value, `STEP` times its place in `names`, all along."""

    folder: Path
    names: tuple[str, ...] = ("chime", "a", "b", "c", "long")

    def __post_init__(self) -> None:
        for name in self.names:
            level = self.value(name) / 32767
            write_wav(self.folder / f"{name}.wav", [level] * self.length(name), RATE)

    def value(self, name: str) -> int:
        return STEP * (self.names.index(name) + 1)

    def length(self, name: str) -> int:
        return 2 * RATE if name == "long" else RATE // 10 + 100 * self.names.index(name)

    def files(self, names: Collection[str]) -> dict[str, Path]:
        found = {name: self.folder / f"{name}.wav" for name in names}
        missing = [name for name, file in found.items() if not file.exists()]
        if missing:
            raise ClipsMissing(", ".join(missing))
        return found

    def spoken(self, samples: array[int], *announcements: tuple[str, ...]) -> bool:
        """Whether exactly these have sounded: each clip whole, alone and once, with the gap between two of them.

        Before an announcement there is any silence: aplay fills a card's last period up.
        """
        parts = self._parts(samples)
        expected = [(clip, place) for clips in announcements for place, clip in enumerate(clips)]
        assert [name for name, _, _ in parts] == [clip for clip, _ in expected]
        before = ""
        for (name, silence, length), (_, place) in zip(parts, expected, strict=True):
            assert length == self.length(name), f"{length} samples of {name}"
            gap = CHIME_GAP if before == "chime" else GAP
            assert place == 0 or silence == gap, f"{silence} samples of silence before {name}"
            before = name
        return True

    def _parts(self, samples: array[int]) -> list[tuple[str, int, int]]:
        """(clip, samples of silence before it, its samples) for each that sounded, in order."""
        heard: list[tuple[str, int, int]] = []
        silence = at = 0
        while at < len(samples):
            value = samples[at]
            end = at
            while end < len(samples) and samples[end] == value:
                end += 1
            if value == 0:
                silence += end - at
            else:
                assert value % STEP == 0, f"two sounds at once, or half of one: {value} at {at}"
                heard.append((self.names[value // STEP - 1], silence, end - at))
                silence = 0
            at = end
        return heard


@dataclass
class Hall:
    """An outlet on the card, and what it has told, each with its moment."""

    card: SoundCard
    clips: FolderClips
    told: list[tuple[Report, float]] = field(default_factory=list)
    on_report: Callable[[Report], None] = lambda report: None

    def __post_init__(self) -> None:
        self.outlet = AlsaOutlet("hall", self.clips, self.tell, cards=self.card.cards)

    def tell(self, report: Report) -> None:
        self.told.append((report, time.monotonic()))
        self.on_report(report)

    def reports(self) -> list[tuple[str, str, str | None]]:
        return [(report.order, report.phase, report.reason) for report, _ in self.told]

    def moment(self, order: str, phase: str) -> float:
        return next(at for report, at in self.told if (report.order, report.phase) == (order, phase))

    def until(self, order: str, *phases: str) -> Report:
        """The first report of these phases; others go on meanwhile."""

        def found() -> Report | None:
            return next((r for r, _ in self.told if r.order == order and r.phase in phases), None)

        self.wait(lambda: found() is not None, f"{order} has {phases}")
        report = found()
        assert report is not None
        return report

    def wait(self, condition: Callable[[], bool], what: str, timeout: float = 15.0) -> None:
        """As tests/support/waiting.py, on the hub on which the outlet works."""
        deadline = time.monotonic() + timeout
        while not condition():
            assert time.monotonic() < deadline, f"not within {timeout} s: {what}; {self.reports()}"
            gevent.sleep(0.01)

    def heard(self, *announcements: tuple[str, ...]) -> bool:
        """See FolderClips.spoken."""
        self.all_sounded()
        return self.clips.spoken(self.card.samples, *announcements)

    def all_sounded(self) -> None:
        """Wait until the card has sounded what it was given: aplay's end may be a few milliseconds earlier."""
        before = -1
        while before != len(self.card.taken):
            before = len(self.card.taken)
            gevent.sleep(0.1)


def order(order_id: str, *clips: str, chime: bool = False, pause: float = 0.0, volume: float = 1.0) -> Order:
    return Order(order_id, clips, chime, pause, volume, f"text of {order_id}")


@pytest.fixture
def hall(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hall]:
    card = SoundCard(tmp_path / "card")
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(card.config))
    (tmp_path / "clips").mkdir()
    hall = Hall(card, FolderClips(tmp_path / "clips"))
    hall.outlet.start()
    yield hall
    hall.outlet.stop()
    card.close()
