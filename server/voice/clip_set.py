"""The clips that the hall's pages speak with: every recording a hall needs, and how the synthesiser reads each.

A clip is named by its language and a word a hall manager recognises; the name is also its file, `<name>.wav`. To use a
human voice, record the words below and put the files into the hall's voice folder, e.g. `voice/zh/qing.wav`; whatever
is not recorded is spoken by the synthesised default. A dialect is recorded under the same names as `zh`, in a folder of
its own, e.g. `voice/wu/qing.wav`; it has no defaults.

| `zh/…` | record | | `en/…` | record |
|---|---|---|---|---|
| `qing` `hao` `dao` | 请 号 到 | | `number` | Number |
| `chuangkou` `banli` | 窗口 办理 | | `please-go-to-window` | please go to window |
| `letter-A` … `letter-Z` | the letter's name | | `letter-A` … `letter-Z` | the letter's name |
| `digit-0` … `digit-9` | 零 一 二 … 九 | | `digit-0` … `digit-9` | zero one two … nine |
| `digit-1-yao` | 幺 (1 as on the telephone) | | `cardinal-10` … `cardinal-19` | ten … nineteen |
| `shi` `bai` | 十 百 | | `cardinal-20` … `cardinal-90` | twenty, thirty … ninety |
| `yibai` `liangbai` | 一百 两百 | | `hundred` `and` | hundred, and |

`yue/…` has the names of `zh` but for `digit-1-yao`, `yibai` and `liangbai`: Cantonese has no 幺, 一 keeps its tone
before 百, and 200 is 二百.

The kiosk's prompts are whole phrases, under the same names in both its languages: `touch-service`, `your-number-is`,
`ahead`, `people` and so on; what to record for each stands below, in `_ZH_PROMPTS` and `_EN_PROMPTS`.

`chime` stands beside the languages: the two bells before a call. 一百 and 两百 have recordings of their own because 一
changes its tone before 百 and 2 is 两 there, not 二.
"""

from dataclasses import dataclass
from string import ascii_uppercase
from typing import Final, Literal

Language = Literal["zh", "yue", "en"]
"""Those that every hall has clips of."""
PromptLanguage = Literal["zh", "en"]
"""Those of the kiosk's pages."""

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

# By characters: espeak's Cantonese voice knows each of these, and reads jyutping as English words.
_YUE_WORDS = tuple(
    (name, words, words) for name, words, _ in _ZH_WORDS if name not in ("digit-1-yao", "yibai", "liangbai")
)

# Pinyin as it is spoken: of two third tones the first is a second one, which the synthesiser does not do by itself.
_ZH_PROMPTS = (
    ("touch-service", "请触摸您要办的业务", "qing3 chu4 mo1 nin2 yao4 ban4 de5 ye4 wu4"),
    ("your-number-is", "您的号码是", "nin2 de5 hao4 ma3 shi4"),
    ("ahead", "前面还有", "qian2 mian4 hai2 you3"),
    ("liang", "两", "liang3"),
    ("people", "人", "ren2"),
    ("one-ahead", "前面还有一人", "qian2 mian4 hai2 you3 yi4 ren2"),
    ("nobody-ahead", "前面没有人", "qian2 mian4 mei2 you3 ren2"),
    ("take-slip", "请取走小票", "qing3 qu2 zou2 xiao3 piao4"),
    ("listen", "请听叫号", "qing3 ting1 jiao4 hao4"),
    ("no-paper", "打印机没有纸了", "da3 yin4 ji1 mei2 you2 zhi3 le5"),
    ("no-print", "现在不能打印小票", "xian4 zai4 bu4 neng2 da3 yin4 xiao3 piao4"),
    ("number-valid", "您的号码有效", "nin2 de5 hao4 ma2 you3 xiao4"),
    (
        "remember",
        "请记住号码，或到服务台补打小票",
        "qing3 ji4 zhu4 hao4 ma3, huo4 dao4 fu2 wu4 tai2 bu2 da2 xiao3 piao4",
    ),
    ("not-now", "现在不取号", "xian4 zai4 bu4 qu3 hao4"),
    ("stopped", "今天的号已经停止发放", "jin1 tian1 de5 hao4 yi3 jing1 ting2 zhi3 fa1 fang4"),
    ("see-hours", "请看屏幕上的办公时间", "qing3 kan4 ping2 mu4 shang5 de5 ban4 gong1 shi2 jian1"),
    ("maybe-not-today", "今天可能轮不到您", "jin1 tian1 ke3 neng2 lun2 bu2 dao4 nin2"),
    (
        "other-ways",
        "请看屏幕上的办法，也可以照样取号",
        "qing3 kan4 ping2 mu4 shang5 de5 ban4 fa3, ye3 ke2 yi3 zhao4 yang4 qu3 hao4",
    ),
    ("rejoined", "您已经重新排队", "nin2 yi3 jing1 chong2 xin1 pai2 dui4"),
    ("in-line", "您已经在排队", "nin2 yi3 jing1 zai4 pai2 dui4"),
    ("still-there", "您还在吗", "nin2 hai2 zai4 ma5"),
    (
        "enter-booking",
        "请输入预约码，或者手机号后四位",
        "qing3 shu1 ru4 yu4 yue1 ma3, huo4 zhe2 shou3 ji1 hao4 hou4 si4 wei4",
    ),
    (
        "enter-number",
        "请输入小票上的号，先字母，后数字",
        "qing3 shu1 ru4 xiao3 piao4 shang5 de5 hao4, xian1 zi4 mu3, hou4 shu4 zi4",
    ),
    ("not-found", "没有找到，请再试一次", "mei2 you2 zhao3 dao4, qing3 zai4 shi4 yi2 ci4"),
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


_EN_PROMPTS = (
    ("touch-service", "Please touch the service you need"),
    ("your-number-is", "Your number is"),
    ("ahead", "There are"),
    ("people", "people ahead of you"),
    ("one-ahead", "There is one person ahead of you"),
    ("nobody-ahead", "Nobody is ahead of you"),
    ("take-slip", "Please take your ticket"),
    ("listen", "Please listen for your number"),
    ("no-paper", "The printer has no paper"),
    ("no-print", "Slips cannot be printed now"),
    ("number-valid", "Your number is still valid"),
    ("remember", "Please remember it, or get a slip at the service desk"),
    ("not-now", "Numbers are not given out now"),
    ("stopped", "No more numbers are given out today"),
    ("see-hours", "Please see the office hours on the screen"),
    ("maybe-not-today", "You may not be called today"),
    ("other-ways", "Please see the other ways on the screen; you may take a number all the same"),
    ("rejoined", "You are back in line"),
    ("in-line", "You are in line already"),
    ("still-there", "Are you still there?"),
    ("enter-booking", "Please enter your booking code, or the last four digits of your phone number"),
    ("enter-number", "Please enter the number on your slip: first the letter, then the digits"),
    ("not-found", "Not found, please try again"),
)


def _letters(language: Language) -> tuple[Clip, ...]:
    return tuple(Clip(f"{language}/letter-{letter}", letter, letter) for letter in ascii_uppercase)


def _read(language: Language, rows: tuple[tuple[str, str, str], ...]) -> tuple[Clip, ...]:
    return tuple(Clip(f"{language}/{name}", words, reading) for name, words, reading in rows)


def _en(rows: tuple[tuple[str, str], ...]) -> tuple[Clip, ...]:
    return tuple(Clip(f"en/{name}", words, words) for name, words in rows)


CALL_CLIPS: Final[dict[Language, tuple[Clip, ...]]] = {
    "zh": _read("zh", _ZH_WORDS) + _letters("zh"),
    "yue": _read("yue", _YUE_WORDS) + _letters("yue"),
    "en": _en(_EN_WORDS) + _letters("en"),
}
"""What calls are made of, numbers included."""

PROMPT_CLIPS: Final[dict[PromptLanguage, tuple[Clip, ...]]] = {
    "zh": _read("zh", _ZH_PROMPTS),
    "en": _en(_EN_PROMPTS),
}
"""What the kiosk says beside numbers."""

CLIPS: Final[dict[str, Clip]] = {
    clip.name: clip for clips in (*CALL_CLIPS.values(), *PROMPT_CLIPS.values()) for clip in clips
}
"""Every spoken clip with a default, by name; the chime is not among them, for it has no words."""


def model(language: str) -> Language:
    """The language whose clips `language` is recorded under: its own, or the Mandarin for a hall's dialect."""
    return "yue" if language == "yue" else "en" if language == "en" else "zh"


def call_clips(language: str) -> tuple[Clip, ...]:
    """What calls are made of in a language or dialect, numbers included."""
    own = model(language)
    if own == language:
        return CALL_CLIPS[own]
    return tuple(Clip(f"{language}/{clip.name.partition('/')[2]}", clip.words, "") for clip in CALL_CLIPS[own])
