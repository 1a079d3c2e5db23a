"""Speech from text by espeak-ng, called through ctypes: no program, no sound device, no root.

The library and its data come with the package `espeakng-loader`. Signatures and constants are those of espeak-ng's
`speak_lib.h` (API revision 12, espeak-ng 1.52). espeak-ng keeps its state in globals, so a process opens it once at a
time and from one thread; `Espeak` is a context manager for that reason.
"""

import ctypes
from array import array
from types import TracebackType
from typing import Final, Literal, Self

import espeakng_loader

from server.told import told, told_of

_SYNCHRONOUS: Final = 2  # AUDIO_OUTPUT_SYNCHRONOUS: espeak_Synth returns when the last sample has been delivered
_DONT_EXIT: Final = 0x8000  # espeakINITIALIZE_DONT_EXIT: missing data is our error, not the end of the process
_CHARS_UTF8: Final = 1
_POS_CHARACTER: Final = 1
_PARAMETER_RATE: Final = 1  # espeakRATE, words a minute
_OK: Final = 0

_SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)

PHONEME_STYLES: Final = {"espeak": 0, "ipa": 2}


class SynthesisError(RuntimeError):
    """espeak-ng could not be loaded, has no such voice, or gave no sound."""


class Espeak:
    """An open espeak-ng. `sample_rate` is in Hz; sound is mono, signed 16 bit."""

    def __init__(self) -> None:
        """Load the library. Raises SynthesisError when it or its data cannot be opened."""
        try:
            self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        except OSError as error:
            raise SynthesisError(told("espeak-ng cannot be loaded: %(error)s", error=told_of(error))) from error
        self._declare()
        data = espeakng_loader.get_data_path()
        self.sample_rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, data.encode(), _DONT_EXIT))
        if self.sample_rate <= 0:
            raise SynthesisError(told("espeak-ng cannot read its data in %(data)s", data=data))
        self._samples = array("h")
        # Held here because espeak-ng keeps only the bare pointer, which dies with the Python object.
        self._callback = _SynthCallback(self._receive)
        self._library.espeak_SetSynthCallback(self._callback)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._library.espeak_Terminate()

    def say(self, text: str, voice: str, words_per_minute: int) -> "array[int]":
        """The samples of `text` spoken by `voice`, with whatever silence espeak-ng puts around it.

        Raises SynthesisError for an unknown voice or an empty answer.
        """
        self._choose(voice)
        self._library.espeak_SetParameter(_PARAMETER_RATE, words_per_minute, 0)
        self._samples = array("h")
        utf8 = text.encode() + b"\0"
        answer = self._library.espeak_Synth(utf8, len(utf8), 0, _POS_CHARACTER, 0, _CHARS_UTF8, None, None)
        if answer != _OK or not self._samples:
            raise SynthesisError(
                told(
                    "espeak-ng gave no sound for %(text)r by %(voice)s (answer %(answer)s)",
                    text=text,
                    voice=voice,
                    answer=answer,
                )
            )
        return self._samples

    def phonemes(self, text: str, voice: str, style: Literal["espeak", "ipa"] = "ipa") -> str:
        """What `voice` would pronounce for `text`; the style "espeak" spells Mandarin tones as contours (214, 51)."""
        self._choose(voice)
        buffer = ctypes.create_string_buffer(text.encode())
        cursor = ctypes.c_void_p(ctypes.addressof(buffer))
        clauses = []
        while cursor.value:  # the call moves the cursor past one clause, and to NULL after the last
            answer = self._library.espeak_TextToPhonemes(ctypes.byref(cursor), _CHARS_UTF8, PHONEME_STYLES[style])
            clauses.append(answer.decode())
        return " ".join(clauses)

    def _choose(self, voice: str) -> None:
        if self._library.espeak_SetVoiceByName(voice.encode()) != _OK:
            raise SynthesisError(told("espeak-ng has no voice %(voice)s", voice=voice))

    def _receive(self, wave: "ctypes._Pointer[ctypes.c_short]", count: int, _events: int) -> int:
        if wave and count > 0:
            self._samples.frombytes(ctypes.string_at(wave, count * ctypes.sizeof(ctypes.c_short)))
        return 0  # go on

    def _declare(self) -> None:
        uint, void = ctypes.c_uint, ctypes.c_void_p
        library = self._library
        library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
        library.espeak_SetSynthCallback.argtypes = [_SynthCallback]
        library.espeak_SetSynthCallback.restype = None
        library.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
        library.espeak_SetParameter.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_int]
        library.espeak_Synth.argtypes = [ctypes.c_char_p, ctypes.c_size_t, uint, ctypes.c_int, uint, uint, void, void]
        library.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(void), ctypes.c_int, ctypes.c_int]
        library.espeak_TextToPhonemes.restype = ctypes.c_char_p
