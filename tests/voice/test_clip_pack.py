"""The clips on disk: built by the synthesiser, replaced by a hall's recordings, listed for the browser."""

import json
import wave
from array import array
from pathlib import Path

import pytest

from server.voice.building import CHIME_DB, VOICE_DB, build_clips, voice_of
from server.voice.clip_pack import ClipPack, MissingClipError, UnknownClipError
from server.voice.clip_set import CALL_CLIPS, CHIME, CLIPS
from server.voice.sound import BadWavError, bell, decibels, loudness, peak, trim, wav_seconds, write_wav
from server.voice.synthesis import Espeak, SynthesisError

RATE = 22050
WORDS = {clip.name for clips in CALL_CLIPS.values() for clip in clips}


def samples(file: Path) -> list[float]:
    with wave.open(str(file)) as opened:
        assert (opened.getnchannels(), opened.getsampwidth(), opened.getframerate()) == (1, 2, RATE)
        return [value / 32768 for value in array("h", opened.readframes(opened.getnframes()))]


@pytest.mark.parametrize("name", CLIPS)
def test_a_default_clip_is_spoken_without_delay_at_the_level_of_the_others(clips: Path, name: str) -> None:
    sound = samples(clips / f"{name}.wav")
    assert 0.15 <= len(sound) / RATE <= (1.2 if name in WORDS else 4.5)
    assert decibels(loudness(sound, RATE)) == pytest.approx(VOICE_DB, abs=0.5)
    assert decibels(peak(sound)) <= -0.9
    first = next(index for index, value in enumerate(sound) if abs(value) > 0.002)
    assert first / RATE < 0.03  # no dead air before the word
    assert sound[0] == sound[-1] == 0  # and no click at its edges


def test_no_two_words_sound_the_same_but_the_letters_both_languages_share(clips: Path) -> None:
    recordings: dict[bytes, list[str]] = {}
    for name in CLIPS:
        recordings.setdefault((clips / f"{name}.wav").read_bytes(), []).append(name.partition("/")[2])
    assert all(len(set(names)) == 1 for names in recordings.values())


def test_the_chime_is_two_bells_e5_then_c5_twelve_decibels_under_the_voice(clips: Path) -> None:
    sound = samples(clips / f"{CHIME}.wav")
    assert len(sound) == pytest.approx(0.7 * RATE, abs=2)
    assert decibels(loudness(sound, RATE)) == pytest.approx(VOICE_DB - 12, abs=0.5)
    assert CHIME_DB == VOICE_DB - 12
    half = len(sound) // 2
    for part, hertz in ((sound[:half], 659), (sound[half:], 523)):
        # The period of the first 50 ms after the stroke, by autocorrelation.
        struck = part[200:1400]
        best = max(range(20, 60), key=lambda lag: sum(struck[i] * struck[i + lag] for i in range(1100)))
        assert RATE / best == pytest.approx(hertz, rel=0.03)


@pytest.mark.parametrize(
    ("name", "phonemes"),
    [  # espeak's spelling: S; is the sibilant of q, x and j, s. that of ch and sh, h is breath, the digits are the tone
        ("qing", "tS;h'i214N"),
        ("hao", "X'Au51"),
        ("dao", "t'Au51"),
        ("chuangkou", "ts.hw'A55N kh'ou214"),
        ("banli", "p'a51n l'i214"),
        ("digit-0", "l'i35N"),
        ("digit-1", "j'i55"),
        ("digit-1-yao", "j'Au55"),
        ("digit-2", "'@r51"),
        ("digit-3", "s'a55n"),
        ("digit-4", "s'i[51"),
        ("digit-5", "w'u214"),
        ("digit-6", "l'iou51"),
        ("digit-7", "tS;h'i55"),
        ("digit-8", "p'A55"),
        ("digit-9", "tS;'iou214"),
        ("shi", "s.'i.35"),
        ("yibai", "j'i51 p'ai214"),
        ("liangbai", "l'iA214N p'ai214"),
        ("touch-service", "tS;h'i214N ts.h'u51 m'o55 n'i35n j'Au51 p'a51n t'@11 j'iE51 w'u51"),
        ("your-number-is", "n'i35n t'@11 X'Au51 m'A214 s.'i.51"),
        ("ahead", "tS;h'iE35n m'iE51n X'ai35 j'iou214"),
        ("liang", "l'iA214N"),
        ("people", "z.'@35n"),
        ("take-slip", "tS;h'i214N tS;h'y35 ts'ou35 S;j'Au214 phj'Au51"),
        ("no-paper", "t'A214 j'i51n tS;'i55 m'ei35 j'iou35 ts.'i.214 l'@11"),
        ("rejoined", "n'i35n j'i214 tS;'i55N ts.h'ong35 S;'i55n ph'ai35 t'uei51"),
        ("still-there", "n'i35n X'ai35 ts'ai51 m'A11"),
    ],
)
def test_mandarin_is_read_with_the_right_sounds_and_tones(name: str, phonemes: str) -> None:
    clip = CLIPS[f"zh/{name}"]
    with Espeak() as espeak:
        assert espeak.phonemes(clip.reading, voice_of(clip).name, "espeak").replace("_|", "") == phonemes


@pytest.mark.parametrize(
    ("words", "jyutping"),
    [  # espeak's spelling: 7 is the high falling 1, t k p at the end stand after the tone
        ("请", "c'ing2"),
        ("号", "h'ou6"),
        ("到", "d'ou3"),
        ("窗口", "c'oeng1 h'au2"),
        ("办理", "b'aa6n l'ei5"),
        ("零", "l'ing4"),
        ("一", "j'a1t"),
        ("二", "j'i6"),
        ("三", "s'aa7m"),
        ("四", "s'ei3"),
        ("五", "'ng5"),
        ("六", "l'u6k"),
        ("七", "c'a1t"),
        ("八", "b'aa3t"),
        ("九", "g'au2"),
        ("十", "s'a6p"),
        ("百", "b'aa3k"),
    ],
)
def test_cantonese_is_read_with_the_right_sounds_and_tones(words: str, jyutping: str) -> None:
    (clip,) = (clip for clip in CALL_CLIPS["yue"] if clip.words == words)
    with Espeak() as espeak:
        assert espeak.phonemes(clip.reading, voice_of(clip).name, "espeak").replace("_|", "") == jyutping


def test_the_synthesiser_names_a_voice_it_does_not_have() -> None:
    with Espeak() as espeak, pytest.raises(SynthesisError, match="xx-nobody"):
        espeak.say("hello", "xx-nobody", 160)


def test_a_complete_pack_lists_everything(clips: Path) -> None:
    manifest = ClipPack(clips).manifest([CHIME, *CLIPS], lambda name: f"/voice/clips/{name}.wav")
    assert set(manifest) == {CHIME, *CLIPS}
    assert manifest["zh/qing"]["url"].startswith("/voice/clips/zh/qing.wav?v=")
    assert manifest["zh/qing"]["seconds"] == pytest.approx(len(samples(clips / "zh/qing.wav")) / RATE, abs=0.001)


def test_a_recording_of_the_hall_wins_over_the_default_and_is_fetched_anew(clips: Path, tmp_path: Path) -> None:
    (tmp_path / "zh").mkdir()
    recording = tmp_path / "zh" / "qing.wav"
    write_wav(recording, bell(200, 0.5, 44100), 44100)
    pack, plain = ClipPack(clips, tmp_path), ClipPack(clips)
    assert pack.file("zh/qing") == recording
    assert pack.file("zh/hao") == clips / "zh/hao.wav"
    entry = pack.manifest(["zh/qing"], str)["zh/qing"]
    assert entry["seconds"] == pytest.approx(0.5, abs=0.001)
    assert entry["url"] != plain.manifest(["zh/qing"], str)["zh/qing"]["url"]


def test_a_recording_that_is_no_wav_is_passed_over_and_logged(
    clips: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "chime.wav").write_bytes(b"ID3 this is an mp3")
    assert ClipPack(clips, tmp_path).file(CHIME) == clips / "chime.wav"
    assert "chime.wav is not a WAV file" in caplog.text


def test_without_files_nothing_is_listed(tmp_path: Path) -> None:
    pack = ClipPack(tmp_path / "nowhere")
    assert pack.manifest(CLIPS, str) == {}
    with pytest.raises(MissingClipError):
        pack.file("zh/qing")


@pytest.mark.parametrize("name", ["", "zh/nothing", "../../etc/passwd", "zh/../zh/qing", "zh/qing.wav"])
def test_no_other_name_reaches_a_file(clips: Path, name: str) -> None:
    with pytest.raises(UnknownClipError):
        ClipPack(clips).file(name)


def test_a_24_bit_stereo_recording_with_notes_in_it_has_its_length(tmp_path: Path) -> None:
    extensible = (0xFFFE).to_bytes(2, "little") + (2).to_bytes(2, "little") + (48000).to_bytes(4, "little")
    extensible += (48000 * 6).to_bytes(4, "little") + bytes(28)
    notes = b"LIST" + (3).to_bytes(4, "little") + b"abc\0"  # odd, hence padded
    body = b"fmt " + len(extensible).to_bytes(4, "little") + extensible + notes
    body += b"data" + (48000 * 3).to_bytes(4, "little") + bytes(48000 * 3)
    file = tmp_path / "studio.wav"
    file.write_bytes(b"RIFF" + (4 + len(body)).to_bytes(4, "little") + b"WAVE" + body)
    assert wav_seconds(file) == 0.5


@pytest.mark.parametrize(
    "content", [b"", b"RIFF\0\0\0\0WAVE", b"RIFF\4\0\0\0AVI LIST", b"RIFF\0\0\0\0WAVEfmt \xff\xff"]
)
def test_a_file_without_sound_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.wav"
    file.write_bytes(content)
    with pytest.raises(BadWavError, match=r"broken\.wav"):
        wav_seconds(file)


def test_silence_is_trimmed_to_nothing_and_a_word_keeps_its_breath() -> None:
    assert trim([0.0] * RATE, RATE) == []
    word = bell(300, 0.2, RATE)
    breath = [0.02 * (-1) ** index for index in range(RATE // 20)]
    kept = trim([0.0] * RATE + breath + word + [0.0] * RATE, RATE)
    assert len(kept) / RATE == pytest.approx(0.05 + 0.2, abs=0.03)


def test_a_pack_is_made_once_and_afterwards_only_what_is_missing_or_of_another_making(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "clips"
    assert build_clips(folder) == len(CLIPS) + 1
    assert set(ClipPack(folder).manifest([CHIME, *CLIPS], str)) == {CHIME, *CLIPS}
    assert build_clips(folder) == 0
    (folder / "zh" / "qing.wav").unlink()
    made = json.loads((folder / "made.json").read_text())
    (folder / "made.json").write_text(json.dumps(made | {"en/number": "of another voice"}))
    (folder / "en" / "number.wav").write_bytes(b"another voice")
    assert build_clips(folder) == 2
    assert wav_seconds(folder / "en" / "number.wav") > 0.2
    (folder / "made.json").write_text("broken")
    assert build_clips(folder) == len(CLIPS) + 1


def test_a_dialect_has_the_recordings_of_the_hall_and_no_defaults(clips: Path, tmp_path: Path) -> None:
    (tmp_path / "wu").mkdir()
    write_wav(tmp_path / "wu" / "qing.wav", bell(200, 0.3, RATE), RATE)
    pack = ClipPack(clips, tmp_path, dialects=("wu",))
    assert pack.file("wu/qing") == tmp_path / "wu" / "qing.wav"
    with pytest.raises(MissingClipError):
        pack.file("wu/hao")
    with pytest.raises(UnknownClipError):
        ClipPack(clips, tmp_path).file("wu/qing")


def test_a_halls_phrases_are_clips_by_their_words(clips: Path, tmp_path: Path) -> None:
    (tmp_path / "zh" / "phrases").mkdir(parents=True)
    write_wav(tmp_path / "zh" / "phrases" / "欢迎光临.wav", bell(200, 0.3, RATE), RATE)
    pack = ClipPack(clips, tmp_path)
    assert pack.phrases("zh") == ("欢迎光临",)
    assert pack.has("zh/phrases/欢迎光临")
    for name in ("zh/phrases/再见", "zh/phrases/../qing", "wu/phrases/欢迎光临"):
        with pytest.raises(UnknownClipError):
            pack.file(name)
