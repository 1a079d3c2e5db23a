"""Draws the icons of the installed desk, counter/static/icons, from the project's own mark."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "support"))

from chromium import EXECUTABLE  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

MARK = ROOT / "server" / "web" / "static" / "mark.svg"
ICONS = ROOT / "counter" / "static" / "icons"
# Name, pixels, how much of them the mark takes, and the ground: a maskable one is cut to a circle by some systems.
DRAWN = (("192", 192, 100, "transparent"), ("512", 512, 100, "transparent"), ("maskable", 512, 62, "#ffffff"))


def main() -> None:
    ICONS.mkdir(exist_ok=True)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=EXECUTABLE, args=["--no-sandbox"])
        for name, size, share, ground in DRAWN:
            page = browser.new_page(viewport={"width": size, "height": size})
            style = f"margin:0;height:100vh;display:grid;place-items:center;background:{ground}"
            drawing = MARK.read_text(encoding="utf-8").replace("<svg ", f'<svg width="{share}%" ')
            page.set_content(f'<body style="{style}">{drawing}</body>')
            page.screenshot(path=ICONS / f"{name}.png", omit_background=ground == "transparent")
        browser.close()


if __name__ == "__main__":
    main()
