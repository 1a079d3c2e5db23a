"""What must be right of every screen of a kiosk's page: a finger can reach and hit it, and its words can be read."""

from __future__ import annotations

from playwright.sync_api import Page

TARGET = 96  # px: 20 mm on the panels in use


def small_targets(page: Page, size: tuple[int, int], top: int) -> list[str]:
    """The buttons to be seen that a finger would miss or cannot reach: too small, above `top`, or off the screen."""
    wrong = []
    for button in page.locator("button:visible, a:visible").all():
        box = button.bounding_box()
        assert box is not None
        inside = box["x"] >= 0 and box["x"] + box["width"] <= size[0] and box["y"] + box["height"] <= size[1]
        if not (inside and box["y"] >= top and min(box["width"], box["height"]) >= TARGET):
            wrong.append(f"{button.inner_text()!r} {box}")
    return wrong


def clipped(page: Page) -> list[str]:
    """Words of which a part cannot be read: cut off by the box they stand in, or standing out of the screen."""
    found: list[str] = page.evaluate(
        """() => {
          const cuts = (e) => getComputedStyle(e).overflowX !== 'visible';
          const words = (e) => Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.textContent.trim());
          const place = (e) => {
            const range = document.createRange();
            range.selectNodeContents(e);
            return range.getBoundingClientRect();
          };
          return Array.from(document.querySelectorAll('#kiosk *'))
            .filter((e) => words(e) && e.offsetParent && !e.closest('svg, .visually-hidden'))
            .filter((e) => {
              const own = place(e);
              let box = e;
              while (box !== document.documentElement && !cuts(box)) box = box.parentElement;
              const edge = box.getBoundingClientRect();
              // A line that is set tight is lower than its letters' box, and still whole.
              const slack = Number.parseFloat(getComputedStyle(e).fontSize) / 4;
              return own.right > edge.right + 1 || own.left < edge.left - 1 || own.bottom > edge.bottom + slack;
            })
            .map((e) => `${e.className || e.tagName}: ${e.textContent}`);
        }"""
    )
    return found
