"""The published contract (`/api/v1/openapi.json`) has one entry for each name: no two shapes may share one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import server.app  # noqa: F401 — loads every terminal with its messages
from server.messages import Message


def kinds(of: type[Message]) -> Iterator[type[Message]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_no_two_messages_have_the_same_name() -> None:
    names = Counter(kind.__name__ for kind in set(kinds(Message)))
    assert names["IssueIn"] == 1
    assert [name for name, times in names.items() if times > 1] == []
