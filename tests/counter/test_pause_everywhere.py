"""去向留言: one press of 暂停 is told by everything at the window at once, and taken back by everything."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from small_hall import SmallHall

from display.strip.texts import wanted as strip_wanted
from display.window_view import window_board
from evaluator.dialects import dialects
from evaluator.session import PadSession
from evaluator.session import wanted as pad_wanted
from evaluator.view import evaluator_view
from server.config import load_settings
from server.config.screens import DisplaySettings
from server.hall import commands as cmd
from server.hall.window import Clerk

LI = Clerk("li", "李静", "0302")
SCREEN = DisplaySettings(id="window-3", name="3 号窗口屏", window=3)
WINDOW = 3


def test_reason_and_return_time_are_on_evaluator_screen_window_screen_strip_and_pad() -> None:
    settings = load_settings(Path(__file__).parents[2] / "config.yaml")
    hall = SmallHall(settings.plan())
    strip = next(strip for strip in settings.strips if strip.window == WINDOW)
    pad = PadSession(dialects["hallqueue"], 3)

    def told() -> tuple[Any, Any, list[str], list[bytes]]:
        evaluator = evaluator_view(hall.state, settings, WINDOW)["pause"]
        screen = window_board(hall.state, settings, SCREEN, WINDOW, hall.now).pause
        pages = strip_wanted(hall.state, strip, frozenset(), settings.hall.zone, hall.now).pages
        frames = pad.frames(pad_wanted(hall.state, WINDOW), 0)
        return evaluator, screen, ["".join(page.lines) for page in pages], frames

    hall.do(cmd.OpenWindow(WINDOW, LI))
    told()
    until = hall.now + timedelta(minutes=20)
    hall.do(cmd.PauseWindow(WINDOW, "li", "开会", until))
    evaluator, screen, strips, frames = told()
    assert (evaluator["reason"], evaluator["until"]) == ("开会", until.isoformat())
    assert (screen.reason, screen.until) == ("开会", until.isoformat())
    assert "暂停服务" in "".join(strips)
    assert "开会" in "".join(strips)
    assert "09:20" in "".join(strips)
    # The serial pad's protocol has no frame for a pause: its digits go dark, by the convention of our dialect.
    assert frames == [bytes.fromhex("ff68080868 03 02 0a0a0a0a0a0a 41 16".replace(" ", ""))]

    hall.wait(21 * 60)
    assert "正在返回" in "".join(told()[2])
    hall.do(cmd.ReopenWindow(WINDOW, "li"))
    evaluator, screen, strips, frames = told()
    assert (evaluator, screen) == (None, None)
    assert "暂停" not in "".join(strips)
    assert len(frames) == 1
