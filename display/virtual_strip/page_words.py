"""What stands on the control page around the strip, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Words(NamedTuple):
    zh: str
    en: str


PAGE_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "window": Words("{window} 号窗口条屏", "Virtual strip, window {window}"),
        "heard": Words("收发记录", "What it heard and said"),
        "in": Words("收到", "heard"),
        "out": Words("发出", "said"),
        "note": Words("记录", "note"),
        "mute": Words("不应答", "Does not answer"),
        "corrupt": Words("应答出错", "Answers wrongly"),
        "off": Words("断电", "No power"),
        "unplugged": Words("拔线", "Unplugged"),
        "lost": Words("虚拟条屏已停止", "The virtual strip has stopped"),
    }
)
