"""Whatever is wanted, and whatever an outlet does with it: what must hold of every line."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from display.speech.line import Line
from display.speech.outlet import Order, Report
from display.speech.utterance import Priority, Utterance

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
LENGTH = 4.0
UNTIL = timedelta(seconds=60)


def _place(said: Utterance) -> tuple[Priority, datetime, str]:
    return said.priority, said.at, said.id


class AnyLine(RuleBasedStateMachine):
    """An outlet that plays, fails, is deaf or loses its page, while calls come and go."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.line = Line(lambda order: LENGTH, steady=self.steady)
        self.wanted: dict[str, Utterance] = {}
        self.every: dict[str, Utterance] = {}
        self.playing: Order | None = None
        self.sounding = False
        self.began: list[tuple[datetime, str]] = []

    def steady(self) -> float:
        return (self.now - START).total_seconds()

    def tell_wanted(self) -> None:
        fresh = [said for said in self.wanted.values() if self.now <= said.until]
        self.line.want(fresh, self.now)

    @rule(priority=st.sampled_from(Priority), window=st.integers(1, 4), times=st.integers(1, 3))
    def somebody_is_called(self, priority: Priority, window: int, times: int) -> None:
        name = f"u{len(self.every)}"
        at_window = window if priority in (Priority.CALL, Priority.RECALL) else None
        self.now += timedelta(milliseconds=1)
        self.every[name] = self.wanted[name] = Utterance(
            name, priority, self.now, self.now + UNTIL, ("a",), name, times, at_window
        )
        self.tell_wanted()

    @rule(data=st.data())
    def somebody_comes(self, data: st.DataObject) -> None:
        if self.wanted:
            del self.wanted[data.draw(st.sampled_from(sorted(self.wanted)))]
            self.tell_wanted()

    @rule(seconds=st.floats(0.1, 20))
    def time_passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        if self.line.expire(self.now):
            self.playing, self.sounding = None, False
        self.tell_wanted()

    @rule()
    def the_next_is_asked_for(self) -> None:
        order = self.line.next(1.0, self.now)
        if order is None:
            return
        assert self.playing is None, "two at once"
        self.playing = order
        name, _, reading = order.id.partition("/")
        said = self.every[name]
        assert name in self.wanted
        assert self.now <= said.until, "a stale call"
        assert int(reading) <= said.times
        self._is_first(said)

    def _is_first(self, said: Utterance) -> None:
        """Nobody before it waits unheard; a newer call may stand in the place of its window's older one."""
        places = [_place(other) for other in self.every.values() if other.window == said.window is not None]
        place = min([_place(said), *places])
        for other in self.wanted.values():
            heard = other.id in self.line.begun or self.now > other.until
            superseded = any(
                one.window == other.window is not None and one.at > other.at for one in self.wanted.values()
            )
            if not heard and not superseded:
                assert place <= _place(other), "out of turn"
            if not heard and other.priority is Priority.EMERGENCY:
                assert said.priority is Priority.EMERGENCY, "an emergency waits"

    @rule()
    def it_begins(self) -> None:
        if self.playing is not None and not self.sounding:
            self.sounding = True
            self.began.append((self.now, self.playing.id))
            self.line.report(Report(self.playing.id, "began"), self.now)

    @rule()
    def it_ends(self) -> None:
        if self.playing is not None and self.sounding:
            order, self.playing, self.sounding = self.playing, None, False
            self.line.report(Report(order.id, "ended"), self.now)

    @rule()
    def one_is_heard(self) -> None:
        self.the_next_is_asked_for()
        self.it_begins()
        self.now += timedelta(seconds=LENGTH)
        self.it_ends()
        self.tell_wanted()

    @rule(reason=st.sampled_from(["clips_missing", "sound_blocked", "not_connected", "cancelled"]))
    def it_fails(self, reason: str) -> None:
        if self.playing is not None:
            order, self.playing, self.sounding = self.playing, None, False
            self.line.report(Report(order.id, "failed", reason), self.now)  # type: ignore[arg-type]

    @rule()
    def an_answer_comes_too_late(self) -> None:
        if self.began and self.playing is None:
            self.line.report(Report(self.began[-1][1], "ended"), self.now)

    @rule()
    def the_server_is_started_again(self) -> None:
        """Whatever sounds then is heard to its end; nobody hears of that."""
        self.line = Line(lambda order: LENGTH, self.line.begun, self.steady)
        self.playing, self.sounding = None, False
        self.tell_wanted()

    @invariant()
    def nothing_is_begun_twice(self) -> None:
        readings = [order for _, order in self.began]
        assert len(set(readings)) == len(readings)

    def teardown(self) -> None:
        """A line that fails is not stopped: whatever waits is heard in the end."""
        if self.playing is not None:
            self.now += timedelta(seconds=30)
            self.line.expire(self.now)
        fresh = Utterance("last", Priority.EMERGENCY, self.now, self.now + UNTIL, ("a",), "last", 1)
        self.line.want([fresh], self.now)
        self.now += timedelta(seconds=1)
        order = self.line.next(1.0, self.now)
        assert order is not None
        assert order.id == "last/1"


TestAnyLine = AnyLine.TestCase
TestAnyLine.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
