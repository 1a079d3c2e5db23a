"""`agent://<name>`: the printer stands at another PC, at the agent of this name."""

from __future__ import annotations

import re

_AGENT = re.compile(r"agent://([a-z0-9][a-z0-9-]{0,31})")


def agent_of(link: str) -> str | None:
    """The agent's name; None for a printer that this server itself talks to."""
    found = _AGENT.fullmatch(link)
    return found[1] if found else None
