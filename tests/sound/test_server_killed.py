"""A server with an amplifier of its own that is killed in the middle of an announcement."""

from __future__ import annotations

from pathlib import Path

from hall_server import HallServer
from sound_card import RATE, SoundCard
from speaking_process import SpeakingServer
from waiting import wait_until

from server.voice.sound import write_wav

LEVEL = 500


def test_it_falls_silent_and_the_next_one_finds_the_card_free(tmp_path: Path) -> None:
    (tmp_path / "hall").mkdir()
    (tmp_path / "zh").mkdir()
    write_wav(tmp_path / "zh/hao.wav", [LEVEL / 32767] * 4 * RATE, RATE)
    write_wav(tmp_path / "zh/dao.wav", [2 * LEVEL / 32767] * (RATE // 10), RATE)
    card = SoundCard(tmp_path / "card")
    speaker = {"id": "hall", "name": "Hall", "at": "alsa://hall"}
    hall = HallServer(tmp_path / "hall", speakers=[speaker], voice={"recordings": str(tmp_path)})
    server = SpeakingServer(hall.config, ALSA_CONFIG_PATH=str(card.config))
    try:
        server.start()
        server.tell("hall", "play", "killed", "zh/hao", "0")
        wait_until(lambda: ("began", None) in server.said_of("killed"), "it sounds")
        server.kill()
        server.start()
        server.tell("hall", "play", "next", "zh/dao", "0")
        wait_until(lambda: ("ended", None) in server.said_of("next"), "the next one is over")
        samples = card.samples
        assert 0 < samples.count(LEVEL) < 2 * RATE
        assert samples.count(2 * LEVEL) == RATE // 10
        assert LEVEL not in samples[samples.index(2 * LEVEL) :]
    finally:
        server.kill()
        card.close()
