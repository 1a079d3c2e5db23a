"""agent.yaml: which printers, speakers and pads hang on this PC, and where the server is that they work for."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

import yaml
from pydantic import AfterValidator, Field, SecretStr, StringConstraints, ValidationError, model_validator

from server.config.addresses import PadLine, PrinterLink
from server.config.field_mistakes import WHOLE, mistake
from server.config.loading import ConfigError, no_yaml
from server.config.printer_address import agent_of
from server.config.section import Code, Mistake, Section, WindowNumber
from server.config.sound_outlet import AlsaDevice
from server.told import Told, at, told, told_of


def _own(link: str) -> str:
    if agent_of(link) is not None:
        raise ValueError(told("how this PC itself reaches the printer, not through which agent"))
    return link


def _server(url: str) -> str:
    # Never quoted: it may have a password in it, which is no way to name an agent either.
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or parts.query:
        raise ValueError(told("not an address such as http://192.168.1.10:8000"))
    return url


PrinterName = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9-]{0,31}|window:[1-9][0-9]{0,2})$")]
Token = Annotated[SecretStr, Field(min_length=16, max_length=200)]


class AgentPrinter(Section):
    """How this PC reaches a printer. What it can do stands in the server's config.yaml."""

    link: Annotated[PrinterLink, AfterValidator(_own)]
    baudrate: Annotated[int, Field(ge=1200, le=921_600)] = 9600


class AgentSpeaker(Section):
    """The sound card of a speaker, by its name in ALSA."""

    device: AlsaDevice


class AgentPad(Section):
    """The line of a pad, which several may share. All else stands in the server's config.yaml."""

    link: PadLine
    baudrate: Annotated[int, Field(ge=1200, le=115_200)] = 9600


class AgentSettings(Section):
    """`printers` by name: a kiosk's id, or `window:3`; `speakers` by their ids, `pads` by their windows. At least one.

    `data`: the folder of what the server has not heard yet, and of the clips.
    """

    server: Annotated[str, AfterValidator(_server)]
    name: Code
    token: Token | None = None
    token_file: str | None = None
    data: str = "data/agent"
    printers: dict[PrinterName, AgentPrinter] = Field(default_factory=dict)
    speakers: dict[Code, AgentSpeaker] = Field(default_factory=dict)
    pads: dict[WindowNumber, AgentPad] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _one_speed_for_a_line(self) -> Self:
        speeds: dict[str, int] = {}
        for pad in self.pads.values():
            if speeds.setdefault(pad.link, pad.baudrate) != pad.baudrate:
                raise ValueError(told("pads: %(link)s is spoken to at two speeds", link=pad.link))
        return self


def load_agent(file: Path) -> tuple[AgentSettings, str]:
    """The settings and the token. Raises ConfigError with every mistake found; a token is in none of them."""
    content = _content(file)
    mistakes: list[Mistake] = []
    settings = None
    try:
        settings = AgentSettings.model_validate(content)
    except ValidationError as error:
        mistakes += [mistake(detail) for detail in error.errors(include_input=False)]
    if settings is not None and not (settings.printers or settings.speakers or settings.pads):
        mistakes.append(("printers", told("needed, or speakers, or pads: what hangs on this PC")))
    token = ""
    given = [key for key in ("token", "token_file") if isinstance(content, dict) and content.get(key) is not None]
    if isinstance(content, dict) and len(given) != 1:
        mistakes.append(("token", told("needed, or token_file, and not both")))
    elif settings is not None and settings.token is not None:
        token = settings.token.get_secret_value()
    elif settings is not None and settings.token_file is not None:
        token, wrong = _read_token(Path(settings.token_file))
        mistakes += [("token_file", wrong)] if wrong else []
    if mistakes or settings is None:
        raise ConfigError(file, mistakes)
    return settings, token


def _content(file: Path) -> Any:
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(file, [(WHOLE, told_of(error))]) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(file, [(WHOLE, no_yaml(error))]) from None


def _read_token(file: Path) -> tuple[str, Told | None]:
    """(token, what is wrong)."""
    try:
        token = file.read_text(encoding="ascii").strip()
    except OSError as error:
        return "", at(file, told_of(error))
    except UnicodeDecodeError:
        return "", at(file, told("not a token"))
    return (token, None) if len(token) >= 16 else ("", at(file, told("too short for a token")))
