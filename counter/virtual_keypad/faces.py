"""What is printed on a keypad and around it, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Words(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str


class KeyFace(NamedTuple):
    """One of the 21 keys. `key`: what `POST /press` calls it, "" for one whose code is not documented; `hint`: the key
    of a computer's keyboard that presses it; `block` and the order say where it is."""

    key: str
    zh: str
    en: str
    hint: str
    block: str


_DIGITS = tuple(KeyFace(digit, digit, "", digit, "digits") for digit in "123456789")

KEYS: tuple[KeyFace, ...] = (
    *_DIGITS,
    KeyFace("", "", "", "", "digits"),
    KeyFace("0", "0", "", "0", "digits"),
    KeyFace("", "", "", "", "digits"),
    KeyFace("start", "开始", "Start", "S", "keys"),
    KeyFace("wait", "等候", "Wait", "W", "keys"),
    KeyFace("call", "呼叫", "Call", "Enter", "keys"),
    KeyFace("recall", "重呼", "Recall", "R", "keys"),
    KeyFace("cancel", "取消", "Cancel", "Esc", "keys"),
    KeyFace("function", "功能", "Function", "F", "keys"),
    KeyFace("pause", "暂停", "Pause", "P", "keys"),
    KeyFace("transfer", "转移", "Transfer", "T", "keys"),
    KeyFace("one_metre", "一米", "One metre", "M", "keys"),
)

PAGE_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "window": Words("{window} 号窗口叫号器", "Virtual keypad, window {window}"),
        "display": Words("显示", "Display"),
        "blank": Words("空白", "blank"),
        "heard": Words("收发记录", "What it heard and said"),
        "in": Words("收到", "heard"),
        "out": Words("发出", "said"),
        "note": Words("记录", "note"),
        "waiting": Words("等待确认", "Waiting for the answer"),
        "unacknowledged": Words("没有得到确认", "No answer came"),
        "unplugged": Words("线已拔出", "Unplugged"),
        "unplug": Words("拔线", "Unplug"),
        "plug": Words("插线", "Plug in"),
        "beep": Words("滴", "Beep"),
        "lost": Words("虚拟叫号器已停止", "The virtual keypad has stopped"),
    }
)
"""What stands on the control page around the keypad."""
