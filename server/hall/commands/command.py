"""What a command is."""

from __future__ import annotations

from typing import Generic, TypeVar

A_co = TypeVar("A_co", covariant=True)


class Command(Generic[A_co]):
    """A request that the hall answers with an `A_co`, or refuses with a HallError."""

    __slots__ = ()
