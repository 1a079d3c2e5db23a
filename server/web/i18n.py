"""The language of a page, an answer or a command: Simplified Chinese unless English is asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.support import NullTranslations, Translations
from flask import Flask, has_request_context, request
from flask_babel import Babel, get_locale

CHINESE = "zh_Hans_CN"
ENGLISH = "en"
PAGES = "messages"
"""The catalogues whose words every page carries for its scripts."""
TOLD = "told"
"""Those of `server.told`: what a command prints, and what is wrong in a configuration."""
TERMINAL = "JIAOHAO_LANG"
"""The environment's variable by which a command is told what to speak."""
_LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
_NOBODYS = ("", "c", "posix")
"""The locales of a machine of which nobody said what is spoken at it."""
_BARE_CONSOLE = "linux"
"""The kernel's own terminal, which has no Chinese characters."""
_ROOT = Path(__file__).resolve().parents[2]
_ROOMS = (
    *("server", "server/report", "server/device_board", "server/bulletin"),
    *("kiosk", "display", "counter", "evaluator"),
)
WORDS_OF_CLICK = _ROOT / "server/translations"
"""Where the command line's own library finds its Chinese."""
_FOLDERS = tuple(str(_ROOT / room / "translations") for room in _ROOMS)


def set_up_languages(app: Flask) -> None:
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(_FOLDERS)
    Babel(app, default_locale=CHINESE, locale_selector=_choose)
    app.jinja_env.globals.update(english=lambda message: message, get_locale=get_locale)
    app.context_processor(lambda: {"locale": get_locale(), "words_json": words_json(str(get_locale()))})


def _choose() -> str:
    """By `?lang=`, else by the `X-Language` that the pages' scripts send. A browser's own setting says nothing of the
    citizen in front of it."""
    if not has_request_context():
        return CHINESE
    wanted = request.args.get("lang") or request.headers.get("X-Language") or ""
    return ENGLISH if wanted.lower().startswith("en") else CHINESE


def terminal_language(environment: Mapping[str, str]) -> str:
    """By JIAOHAO_LANG, else by the locale, where that says a language; see docs/decisions/0059."""
    wanted = environment.get(TERMINAL, "")
    if not wanted:
        if environment.get("TERM") == _BARE_CONSOLE:
            return ENGLISH
        wanted = next((environment[name] for name in _LOCALE if environment.get(name)), "")
    spoken = wanted.partition(".")[0].casefold()
    return CHINESE if spoken in _NOBODYS or spoken.startswith("zh") else ENGLISH


@lru_cache(maxsize=4)
def catalogue(locale: str, domain: str = PAGES) -> NullTranslations:
    """The words of all rooms, also for what is said outside a request; English needs none."""
    words = NullTranslations()
    if locale.startswith("zh"):
        first, *others = (Translations.load(folder, [CHINESE], domain) for folder in _FOLDERS)
        words = first
        for other in others:
            if isinstance(first, Translations) and isinstance(other, Translations):
                first.merge(other)
    return words


@lru_cache(maxsize=4)
def words_json(locale: str) -> str:
    """The whole catalogue of a language for scripts, safe inside a script element."""
    entries: dict[object, str] = getattr(catalogue(locale), "_catalog", {})
    words = {key: text for key, text in entries.items() if isinstance(key, str) and key and text}
    return json.dumps(words, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")
