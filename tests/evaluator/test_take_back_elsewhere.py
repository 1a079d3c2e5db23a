"""A leader's word for a pad on another PC reaches it once, whatever the line loses."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any, cast

import gevent
import pytest
from small_hall import SmallHall

from evaluator.remote import AgentPost
from evaluator.wire import PadsPollIn
from server.config.devices import PadSettings
from server.device.steady import steady_time
from server.engine import HallEngine
from server.web.errors import Refused

RUN = secrets.token_hex(8)
WINDOW = 1


class Post:
    """The place of an agent at a hall, and the agent as far as it polls."""

    def __init__(self) -> None:
        small = SmallHall()
        hall = SimpleNamespace(check_serving=lambda: None, read=lambda look: look(small.state))
        pads = [PadSettings(window=WINDOW, link="agent://east", address=0x81, keys={3: 5})]
        self.post = AgentPost("east", cast(HallEngine, hall), pads)
        self._turn = 0

    def poll(self, **taken_back: bool | None) -> dict[str, int]:
        """The orders that are open after the agent has said what came of some."""
        self._turn += 1
        poll = PadsPollIn(
            agent="east", run=RUN, turn=self._turn, now=steady_time(), shows={}, pads={}, taken_back=taken_back
        )
        return self.post.poll(poll, lambda: False).take_back

    def leader(self) -> gevent.Greenlet[..., Any]:
        """Presses the button, and waits."""
        asked: gevent.Greenlet[..., Any] = gevent.spawn(self.post.take_back, WINDOW)
        gevent.idle()
        return asked


@pytest.fixture
def post() -> Iterator[Post]:
    made = Post()
    made.poll()
    yield made
    made.post.stop()


def refusal(asked: gevent.Greenlet[..., Any]) -> tuple[int, str]:
    asked.join()
    assert isinstance(asked.exception, Refused)
    return asked.exception.status, asked.exception.code


@pytest.mark.parametrize("word", [True, False])
def test_the_leader_hears_what_the_agent_says(post: Post, word: bool) -> None:
    asked = post.leader()
    (mark,) = post.poll()
    assert post.poll(**{mark: word}) == {}
    assert asked.get() is word


def test_an_order_is_told_until_its_word_has_come_and_no_longer(post: Post) -> None:
    asked = post.leader()
    first = post.poll()
    assert list(first.values()) == [WINDOW]
    assert post.poll() == first  # the answer got lost
    (mark,) = first
    assert post.poll(**{mark: True}) == {}
    assert post.poll(**{mark: True}) == {}  # and so did that to the word
    assert asked.get() is True


def test_two_leaders_at_once_both_get_their_word(post: Post) -> None:
    asked = [post.leader(), post.leader()]
    assert post.poll(**dict.fromkeys(post.poll(), True)) == {}
    assert [one.get() for one in asked] == [True, True]


def test_a_pc_whose_file_does_not_name_the_pad_is_told_of_as_such(post: Post) -> None:
    asked = post.leader()
    (mark,) = post.poll()
    post.poll(**{mark: None})
    assert refusal(asked) == (404, "not_found")


def test_a_leader_does_not_wait_for_ever(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluator.remote._WORD", 0.05)
    assert refusal(post.leader()) == (409, "agent_away")
    assert post.poll() == {}
