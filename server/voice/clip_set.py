"""The clips a call is spoken from: every recording a hall needs, and how the synthesiser reads each.

A clip is named by its language and a word a hall manager recognises; the name is also its file, `<name>.wav`. To use a
human voice, record the words below and put the files into the hall's voice folder, e.g. `voice/zh/qing.wav`; whatever
is not recorded is spoken by the synthesised default. A dialect is recorded under the same `zh` names.

| `zh/…` | record | | `en/…` | record |
|---|---|---|---|---|
| `qing` `hao` `dao` | 请 号 到 | | `number` | Number |
| `chuangkou` `banli` | 窗口 办理 | | `please-go-to-window` | please go to window |
| `letter-A` … `letter-Z` | the letter's name | | `letter-A` … `letter-Z` | the letter's name |
| `digit-0` … `digit-9` | 零 一 二 … 九 | | `digit-0` … `digit-9` | zero one two … nine |
| `digit-1-yao` | 幺 (1 as on the telephone) | | `cardinal-10` … `cardinal-19` | ten … nineteen |
| `shi` `bai` | 十 百 | | `cardinal-20` … `cardinal-90` | twenty, thirty … ninety |
| `yibai` `liangbai` | 一百 两百 | | `hundred` `and` | hundred, and |

`chime` stands beside the languages: the two bells before a call. 一百 and 两百 have recordings of their own because 一
changes its tone before 百 and 2 is 两 there, not 二.
"""

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final, Literal

Language = Literal["zh", "en"]

CHIME: Final = "chime"


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording.

    `words` is what a person records and what the announcement's text shows; `reading` is what the synthesiser is given:
    pinyin with tone digits for Mandarin (characters leave polyphones to its dictionary), plain words for English and
    for letters, which Mandarin speakers call by their English names.
    """

    name: str
    words: str
    reading: str


_ZH_WORDS = (
    ("qing", "请", "qing3"),
    ("hao", "号", "hao4"),
    ("dao", "到", "dao4"),
    ("chuangkou", "窗口", "chuang1 kou3"),
    ("banli", "办理", "ban4 li3"),
    ("digit-0", "零", "ling2"),
    ("digit-1", "一", "yi1"),
    ("digit-1-yao", "幺", "yao1"),
    ("digit-2", "二", "er4"),
    ("digit-3", "三", "san1"),
    ("digit-4", "四", "si4"),
    ("digit-5", "五", "wu3"),
    ("digit-6", "六", "liu4"),
    ("digit-7", "七", "qi1"),
    ("digit-8", "八", "ba1"),
    ("digit-9", "九", "jiu3"),
    ("shi", "十", "shi2"),
    ("bai", "百", "bai3"),
    ("yibai", "一百", "yi4 bai3"),
    ("liangbai", "两百", "liang3 bai3"),
)

_EN_DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_EN_TEENS = [
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

_EN_WORDS = (
    ("number", "Number"),
    ("please-go-to-window", "please go to window"),
    *((f"digit-{value}", word) for value, word in enumerate(_EN_DIGITS)),
    *((f"cardinal-{value}", word) for value, word in enumerate(_EN_TEENS, 10)),
    *((f"cardinal-{value}", word) for value, word in zip(range(20, 100, 10), _EN_TENS, strict=True)),
    ("hundred", "hundred"),
    ("and", "and"),
)


def _letters(language: Language) -> tuple[Clip, ...]:
    return tuple(Clip(f"{language}/letter-{letter}", letter, letter) for letter in ascii_uppercase)


CALL_CLIPS: Final[dict[Language, tuple[Clip, ...]]] = {
    "zh": tuple(Clip(f"zh/{name}", words, reading) for name, words, reading in _ZH_WORDS) + _letters("zh"),
    "en": tuple(Clip(f"en/{name}", words, words) for name, words in _EN_WORDS) + _letters("en"),
}

CLIPS: Final[dict[str, Clip]] = {clip.name: clip for clips in CALL_CLIPS.values() for clip in clips}
"""Every spoken clip by name; the chime is not among them, for it has no words."""
