"""Whether everything on a screen is whole, at the sizes that screens have."""

from __future__ import annotations

from playwright.sync_api import Page

BOARDS = {
    "full HD": (1920, 1080),
    "4K": (3840, 2160),
    "HD ready": (1366, 768),
    "upright": (1080, 1920),
    "tablet": (1024, 600),
    "small tablet": (800, 480),
}
WINDOWS = {"1024": (1024, 600), "1280": (1280, 800), "full HD": (1920, 1080), "upright": (1080, 1920)}

# Boxes, not scroll sizes: the line of a large number is taller than its figures, which harms nobody.
_CLIPPED = """() => [["html", "section, p, main, aside"], [".zone-calls", "section, p, li"],
    [".zone-hall", "section, p, li"],
    [".panel", "p, .panel-big > *, .panel-one > *"], [".waiting", "li"], [".window", ":scope > *"],
    [".recent-call", ":scope > *"], [".head", ":scope > *"], [".passed", ":scope > *"], [".duty", ":scope > *"],
    [".band", "p"], [".stage", "p, dl, dd"], [".place-head", ":scope > *"], [".clerk", "p, b"],
    [".away-elsewhere", "p, .arch"], [".rest", "p"]]
  .flatMap(([frames, parts]) => Array.from(document.querySelectorAll(frames)).flatMap((frame) => {
    const outer = frame.getBoundingClientRect();
    return Array.from(frame.querySelectorAll(parts)).filter((part) => {
      const inner = part.getBoundingClientRect();
      return inner.width > 0 && !part.closest(".visually-hidden, .notices-run") && (inner.left < outer.left - 1
        || inner.right > outer.right + 1 || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1);
    }).map((part) => `${part.className || part.textContent} leaves ${frame.className}`);
  }))"""
# What is read must not be smaller than LOOK's smallest: 20 px on a board of 1920, which a small one keeps.
_SMALL = """(least) => Array.from(document.querySelectorAll("p, span, b, h1, h2, dt, dd, li"))
  .filter((part) => Array.from(part.childNodes).some((node) => node.nodeType === 3 && node.data.trim())
    && part.getBoundingClientRect().width > 0 && !part.closest(".visually-hidden")
    && parseFloat(getComputedStyle(part).fontSize) < least - 0.05)
  .map((part) => `${part.className}: ${getComputedStyle(part).fontSize}`)"""
_AT_REST = "() => document.getAnimations().every((a) => a.animationName === 'notices-run')"


def clipped(page: Page) -> list[str]:
    """What leaves the frame that it stands in."""
    found: list[str] = page.evaluate(_CLIPPED)
    return found


def too_small(page: Page, least: float) -> list[str]:
    """The texts in smaller type than `least` px."""
    found: list[str] = page.evaluate(_SMALL, least)
    return found


def wait_for_rest(page: Page) -> None:
    """Until nothing moves but the notices."""
    page.wait_for_function(_AT_REST)
