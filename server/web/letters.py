"""The server's end of an agent's outbox: each letter has its effect once, in its order, however often it comes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError

from server.engine.errors import EngineError, KeyReused
from server.hall.errors import HallError
from server.messages.letters import LettersIn, LettersOut

_log = logging.getLogger(__name__)


def take_in(letters: LettersIn, sender: str, take: Callable[[dict[str, Any], str], None]) -> LettersOut:
    """`take(body, key)` does what a letter says, under the idempotency key of this letter of this sender.

    What the hall refuses was decided otherwise meanwhile: it is logged and acknowledged, or it would hold up all that
    comes behind it for ever. Raises EngineError when not even the first could be taken.
    """
    acknowledged = 0
    for letter in letters.letters:
        try:
            take(letter.body, f"{sender}|{letter.id}")
        except (HallError, KeyReused, ValidationError) as error:
            code = getattr(error, "code", type(error).__name__)
            _log.warning("%s: message %s comes to nothing: %s", sender, letter.seq, code)
        except EngineError:
            if not acknowledged:
                raise
            break
        acknowledged = letter.seq
    return LettersOut(acknowledged=acknowledged)
