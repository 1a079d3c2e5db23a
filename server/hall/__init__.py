"""The domain: what a hall is, what can happen in it and who is called next.

Standard library only, no clock, no I/O. `Hall.handle(command, at, nonce)` decides and applies; `Hall.apply(event)`
repeats what was decided, so that the log of events is the hall.
"""

from server.hall.hall import Hall

__all__ = ["Hall"]
