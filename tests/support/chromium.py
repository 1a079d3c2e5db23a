"""Chromium as the hall's devices run it, and what every page must satisfy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

EXECUTABLE = "/usr/bin/chromium"
_QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic")
# Each window otherwise loads pages of the browser's own beside ours, for the list under its address line, and keeps a
# process ready for the next one: more than half of what a page costs.
_NOT_SEEN = ("WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "SpareRendererForSitePerProcess")
# What Playwright switches off. Only the last list counts.
_NOT_TESTED = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "LensOverlay"),
    *("HttpsFirstBalancedModeAutoEnable", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    "PreconnectToSearch",
)
_WITHOUT = f"--disable-features={','.join((*_NOT_SEEN, *_NOT_TESTED))}"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", *_QUIET, _WITHOUT]
_SOUND_AT_ONCE = "--autoplay-policy=no-user-gesture-required"
# A server that is killed on purpose makes the browser complain; that is the browser's, not the page's, mistake.
_HOME = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
# A button on its way from white to blue is neither, for a tenth of a second: look at the page when it has come to rest.
# Asked again and again: what is hidden on its way neither finishes nor fails.
_AT_REST = """() => document.getAnimations().every(
  (one) => !(one instanceof CSSTransition) || one.playState !== "running"
)"""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
_PATIENCE = 20_000
"""Milliseconds for whatever a page is expected to show: on a busy machine everything comes, but some of it late."""

expect.set_options(timeout=_PATIENCE)

OpenPage = Callable[..., Page]


class Browsers:
    """One Chromium with sound at once, as a hall's screens run it, and one that wants a touch first, as anybody's."""

    def __init__(self, driver: Playwright) -> None:
        self._driver = driver
        self._open: dict[bool, Browser] = {}

    def get(self, *, touch: bool = False) -> Browser:
        if touch not in self._open:
            arguments = _ARGUMENTS if touch else [*_ARGUMENTS, _SOUND_AT_ONCE]
            self._open[touch] = self._driver.chromium.launch(executable_path=EXECUTABLE, args=arguments)
        return self._open[touch]

    def close(self) -> None:
        for browser in self._open.values():
            browser.close()


@contextmanager
def pages(browsers: Browsers) -> Iterator[OpenPage]:
    """Opens pages in contexts of their own; afterwards none may have asked another host, or thrown an error."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []
    errors: list[str] = []

    def open_page(url: str, size: tuple[int, int], *, touch: bool = False, **options: Any) -> Page:
        viewport = {"width": size[0], "height": size[1]}
        context = browsers.get(touch=touch).new_context(viewport=viewport, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: None if request.url.startswith(_HOME) else strangers.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == []
    assert errors == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page by WCAG 2.2 AA, one line for each.

    A page may put a button on its way while axe looks: what is wrong at the second look too is wrong.
    """
    return _found(page) and _found(page)


def _found(page: Page) -> list[str]:
    page.wait_for_function(_AT_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("(options) => axe.run(options).then((results) => results.violations)", _AXE)
    return [f"{v['id']}: {node['html']}" for v in found for node in v["nodes"]]
