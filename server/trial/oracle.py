"""Who knows all of a hall but what chance will bring: what an estimate is measured against."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from random import Random

from server.hall.appointment import BookingState
from server.hall.instant import to_microseconds
from server.hall.priority import APPOINTMENT, ORDINARY
from server.hall.wait.outlook import NEVER, Coming, Outlook, Paces, Stream, Stretches, Work
from server.hall.window import Window, WindowState
from server.trial.played_day import PlayedDay
from server.trial.world import MINUTE


class Oracle:
    """Of one day, while it is played."""

    def __init__(self, day: PlayedDay) -> None:
        self._day = day

    def outlook(self, at: datetime) -> Outlook:
        """From the world's parameters, and how fast each window is at `at`."""
        world, now = self._day.world, to_microseconds(at)
        numbers = [*world.plan.windows]
        shape = world.shape
        return Outlook(
            work={
                code: Work({n: world.usual.get((code, n), 1.0) * MINUTE for n in numbers}, shape)
                for code in world.plan.services
            },
            missing=dict.fromkeys(world.plan.services, world.missing),
            lost=[minutes * MINUTE for minutes in sorted(world.lost)],
            gap=[minutes * MINUTE for minutes in sorted(world.gap)],
            stretches={n: self._stretches(self._day.state.windows[n], now) for n in numbers},
            paces={n: self._paces(n, at) for n in numbers},
            streams=[*self._streams(at)],
            coming=[*self._coming_booked(at)],
            break_share=world.break_share,
            breaks=[minutes * MINUTE for minutes in sorted(world.breaks)],
        )

    def _stretches(self, window: Window, now: int) -> Callable[[Random], Stretches]:
        world, number = self._day.world, window.number
        spans = [
            tuple(map(to_microseconds, span.on(self._day.day, world.plan.zone)))
            for span in world.plan.window_hours(number).spans_on(self._day.day)
        ]

        signed_in = window.clerk is not None
        until = to_microseconds(window.pause.until) if window.pause and window.pause.until else None
        present = next((i for i, (_, end) in enumerate(spans) if i + 1 == len(spans) or now < spans[i + 1][0]), 0)

        def came_in(random: Random, index: int, start: int, end: int) -> int | None:
            """When the window is there in a stretch that is not over; None: not in it."""
            if index == present and window.state is WindowState.OPEN:
                return now
            if index == present and window.pause is not None and now > start:
                return max(until or now + 5 * MINUTE, now)
            cames = [None if late is None else start + int(late * MINUTE) for late in world.times_came(number)]
            if present and not signed_in:
                return None  # nobody came this morning
            if index or signed_in:
                cames = [came for came in cames if came is not None]
            return random.choice([came for came in cames if came is None or came > now] or [None])

        def draw(random: Random) -> Stretches:
            drawn = list[tuple[int, int]]()
            for index, (start, end) in enumerate(spans):
                if index < present:
                    continue
                lefts = [end + int(minutes * MINUTE) for minutes in world.left]
                leaves = random.choice([left for left in lefts if left > now] or [now])
                came = came_in(random, index, start, end)
                if came is None:
                    return drawn
                drawn.append((came, leaves))
            return drawn

        return draw

    def _paces(self, number: int, at: datetime) -> Callable[[Random], Paces]:
        often, factor, lasting = self._day.world.slow
        slow, now = self._day.pace(number, at) != 1.0, to_microseconds(at)

        def draw(random: Random) -> Paces:
            if not often:
                return ((NEVER, 1.0),)
            path, when, is_slow = [], now, slow
            for _ in range(6):
                mean = lasting if is_slow else 60 / often
                when += int(random.expovariate(1 / mean) * MINUTE)
                path.append((when, factor if is_slow else 1.0))
                is_slow = not is_slow
            return path

        return draw

    def _streams(self, at: datetime) -> Sequence[Stream]:
        world, streams = self._day.world, []
        everybody = any(window.overflow or window.weights for window in world.plan.windows.values())
        midnight = datetime.combine(self._day.day, time(0), world.plan.zone).astimezone(UTC)
        for service, hours in world.rates.items():
            shares = dict(world.classes)
            if everybody:
                shares[ORDINARY] = 1 - sum(shares.values())
            for priority, share in shares.items():
                rates = [
                    (to_microseconds(midnight + timedelta(hours=hour + 1)), hours.get(hour, 0.0) * share / 60 / MINUTE)
                    for hour in range(24)
                ]
                streams.append(Stream(service, service, priority, rates))
        return streams

    def _coming_booked(self, at: datetime) -> Sequence[Coming]:
        now, found = to_microseconds(at), []
        for booking in self._day.state.appointments.values():
            if booking.state is not BookingState.BOOKED:
                continue
            start = to_microseconds(booking.start)
            when = [start + int(minutes * MINUTE) for minutes in self._day.world.early]
            left = [moment for moment in when if moment > now]
            if not left or booking.start >= (self._day.state.day_ends or booking.start):
                continue
            came = self._day.world.shows * len(left) / len(when)
            chance = came / (came + 1 - self._day.world.shows)
            late = start + 15 * MINUTE
            found.append(Coming(booking.id, booking.service, booking.service, APPOINTMENT, left, start, chance, late))
        return found
