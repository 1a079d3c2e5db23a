"""What is printed on a pad and what its little display says, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple


class Words(NamedTuple):
    """One text in both languages of the pad."""

    zh: str
    en: str


Face = Literal["welcome", "please_evaluate", "thank_you", "paused", "number"]

FACES: Mapping[Face, Words] = MappingProxyType(
    {
        "welcome": Words("欢迎", "Welcome"),
        "please_evaluate": Words("请评价", "Please rate the service"),
        "thank_you": Words("谢谢", "Thank you"),
        "paused": Words("暂停服务", "Temporarily closed"),
    }
)
"""The displays that are words; a number shows itself."""

KEY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "很好": "Very good",
        "好": "Good",
        "一般": "Fair",
        "差": "Poor",
        "非常满意": "Very satisfied",
        "满意": "Satisfied",
        "基本满意": "Fairly satisfied",
        "不满意": "Dissatisfied",
        "非常不满意": "Very dissatisfied",
    }
)
"""English for the words dialects print on their keys; a template's own have none."""

PAGE_WORDS: Mapping[str, Words] = MappingProxyType(
    {
        "window": Words("{window} 号窗口评价器", "Virtual pad, window {window}"),
        "heard": Words("收发记录", "What it heard and said"),
        "in": Words("收到", "heard"),
        "out": Words("发出", "said"),
        "note": Words("记录", "note"),
        "waiting": Words("等待确认", "Waiting for the answer"),
        "unacknowledged": Words("没有得到确认", "No answer came"),
        "unplugged": Words("线已拔出", "Unplugged"),
        "unplug": Words("拔线", "Unplug"),
        "plug": Words("插线", "Plug in"),
        "lost": Words("虚拟评价器已停止", "The virtual pad has stopped"),
    }
)
"""What stands on the control page around the pad."""
