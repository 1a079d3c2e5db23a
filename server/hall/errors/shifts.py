"""Who cannot sit at a window, or hand it over."""

from __future__ import annotations

from server.hall.errors.base import Conflict


class SitsElsewhere(Conflict):
    """The clerk has a citizen at another window, and nobody serves at two."""

    code = "sits_elsewhere"


class UnreadHandOver(Conflict):
    """What a colleague left here has not been read yet: it would be lost under the next one."""

    code = "unread_hand_over"


class NothingHandedOver(Conflict):
    code = "nothing_handed_over"


class OwnHandOver(Conflict):
    """Whoever wrote it cannot be who received it."""

    code = "own_hand_over"
