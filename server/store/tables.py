"""Every table. Times are microseconds since 1970 UTC in BIGINT columns; every row carries its hall's id."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

metadata = MetaData()
FIXED = {"fixed": True}
"""On a column whose value never changes once its row is there."""

event = Table(
    "event",
    metadata,
    Column("hall", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ticket", Text),
    Column("leg", Integer),
    Column("window", Integer),
    Column("staff", Text),
    Column("kind", Text, nullable=False),
    Column("data", Text, nullable=False),
    Column("chain", LargeBinary, nullable=False),
    PrimaryKeyConstraint("hall", "seq"),
)
LOG_ROW = tuple(event.columns)[1:-1]
"""The columns of a `server.hall.log.Row`. `chain` is no part of what an event says (`server.store.chain`)."""
Index(
    "event_day_opened",
    event.c.hall,
    event.c.seq,
    sqlite_where=text("kind = 'day_opened'"),
    postgresql_where=text("kind = 'day_opened'"),
)
Index(
    "event_press_ignored",
    event.c.hall,
    event.c.at,
    sqlite_where=text("kind = 'press_ignored'"),
    postgresql_where=text("kind = 'press_ignored'"),
)
OF_APPOINTMENTS = (
    "kind IN ('appointment_booked', 'appointment_moved', 'appointment_arrived', 'appointment_closed',"
    " 'appointment_cancelled', 'appointment_missed')"
)
"""Events that outlive their day: the index below is used for exactly this condition."""
Index(
    "event_appointment",
    event.c.hall,
    event.c.seq,
    sqlite_where=text(OF_APPOINTMENTS),
    postgresql_where=text(OF_APPOINTMENTS),
)
OF_VOTES = "kind IN ('evaluation_opened', 'evaluation_voted', 'evaluation_explained', 'evaluation_lapsed')"
"""Events of votes, which may come on a later day than their ticket's."""
Index(
    "event_vote",
    event.c.hall,
    event.c.at,
    sqlite_where=text(OF_VOTES),
    postgresql_where=text(OF_VOTES),
)
OF_NOTICES = "kind IN ('notice_posted', 'notice_withdrawn', 'roster_set')"
"""The other events that outlive their day; their index is used for exactly this condition too."""
Index(
    "event_notice",
    event.c.hall,
    event.c.seq,
    sqlite_where=text(OF_NOTICES),
    postgresql_where=text(OF_NOTICES),
)
OF_LOOKS = "kind = 'return_looked_into'"
"""About a day that may be long over: reports read it from the log, by an index of its own."""
Index("event_look", event.c.hall, event.c.at, sqlite_where=text(OF_LOOKS), postgresql_where=text(OF_LOOKS))

OF_REDRESS = (
    "kind IN ('redress_opened', 'redress_step_taken', 'redress_called_back', 'redress_appealed',"
    " 'redress_appeal_decided', 'redress_voted_again')"
)
"""Events of low ratings, which are worked on for days after their tickets'."""
Index(
    "event_redress",
    event.c.hall,
    event.c.at,
    sqlite_where=text(OF_REDRESS),
    postgresql_where=text(OF_REDRESS),
)

ticket = Table(
    "ticket",
    metadata,
    Column("hall", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("day", Text, nullable=False, info=FIXED),
    Column("number", Text, nullable=False, info=FIXED),
    Column("service", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("kiosk", Text),
    Column("ahead", Integer, nullable=False),
    Column("issued_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("at_window", Integer),
    Column("verified", Boolean),
    Column("appointment", Text),
    Column("first", Text),
    Column("paper", Boolean, nullable=False, server_default=false(), info=FIXED),
    PrimaryKeyConstraint("hall", "id"),
    UniqueConstraint("hall", "day", "number"),
)
ASKED_FIRST = "first IS NOT NULL"
"""首问: `first` is JSON, who was asked first."""
Index(
    "ticket_first",
    ticket.c.hall,
    ticket.c.day,
    sqlite_where=text(ASKED_FIRST),
    postgresql_where=text(ASKED_FIRST),
)
# The backstop behind the single writer: a window never has two citizens.
_STANDS = "at_window IS NOT NULL"
Index(
    "ticket_at_window",
    ticket.c.hall,
    ticket.c.at_window,
    unique=True,
    sqlite_where=text(_STANDS),
    postgresql_where=text(_STANDS),
)

leg = Table(
    "leg",
    metadata,
    Column("hall", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("leg", Integer, nullable=False),
    Column("day", Text, nullable=False, info=FIXED),
    Column("service", Text, nullable=False),
    Column("window", Integer),
    Column("staff", Text),
    Column("queued_at", BigInteger, nullable=False),
    Column("called_at", BigInteger),
    Column("calls", Integer, nullable=False),
    Column("started_at", BigInteger),
    Column("start_implied", Boolean, nullable=False),
    Column("ended_at", BigInteger),
    Column("finish", Text),
    Column("held_for", BigInteger, nullable=False, server_default="0"),
    Column("result", Text),
    Column("quantity", Integer),
    Column("result_note", Text),
    Column("notices", Text),
    Column("person", Text),
    Column("returned", Boolean, nullable=False, server_default=text("false")),
    PrimaryKeyConstraint("hall", "ticket", "leg"),
)
Index("leg_day", leg.c.hall, leg.c.day)
RETURNED = "returned"
"""Sent away to come again: `notices` is JSON, the documents named; `person` is kept for these alone."""
for _name, _by in (("leg_returned", leg.c.day), ("leg_returned_person", leg.c.person)):
    Index(_name, leg.c.hall, _by, sqlite_where=text(RETURNED), postgresql_where=text(RETURNED))

appointment = Table(
    "appointment",
    metadata,
    Column("hall", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("code", Text, nullable=False, info=FIXED),
    Column("service", Text, nullable=False),
    Column("start_at", BigInteger, nullable=False),
    Column("end_at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("mark", Text),
    Column("ticket", Text),
    Column("staff", Text),
    Column("booked_at", BigInteger, nullable=False, info=FIXED),
    PrimaryKeyConstraint("hall", "id"),
)
Index("appointment_start", appointment.c.hall, appointment.c.start_at)

evaluation = Table(
    "evaluation",
    metadata,
    Column("hall", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("leg", Integer, nullable=False),
    Column("day", Text, nullable=False, info=FIXED),
    Column("service", Text, nullable=False),
    Column("window", Integer, nullable=False),
    Column("staff", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("level", Integer),
    Column("channel", Text),
    Column("opened_at", BigInteger, nullable=False),
    Column("ended_at", BigInteger),
    Column("reasons", Text, nullable=False, server_default=""),
    Column("words", Text, nullable=False, server_default=""),
    PrimaryKeyConstraint("hall", "ticket", "leg"),
)
Index("evaluation_day", evaluation.c.hall, evaluation.c.day)

vote_sum = Table(
    "vote_sum",
    metadata,
    Column("hall", Text, nullable=False),
    Column("grouping", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("excellent", Integer, nullable=False),
    Column("good", Integer, nullable=False),
    Column("fair", Integer, nullable=False),
    Column("poor", Integer, nullable=False),
    Column("very_poor", Integer, nullable=False),
    Column("unrated", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    PrimaryKeyConstraint("hall", "grouping", "day", "key"),
)
"""The evaluations of a day that is over, counted for each window, clerk, service and channel, and all together."""
summed_day = Table(
    "summed_day",
    metadata,
    Column("hall", Text, nullable=False),
    Column("day", Text, nullable=False),
    PrimaryKeyConstraint("hall", "day"),
)
"""The days whose rows in `vote_sum` are right. Whatever changes an evaluation of a day takes the day out, in the same
transaction: the sums are then made anew, and until then nobody reads them.
"""

redress = Table(
    "redress",
    metadata,
    Column("hall", Text, nullable=False),
    Column("ticket", Text, nullable=False),
    Column("leg", Integer, nullable=False),
    Column("service", Text, nullable=False, info=FIXED),
    Column("window", Integer, nullable=False, info=FIXED),
    Column("staff", Text, nullable=False, info=FIXED),
    Column("level", Integer, nullable=False, info=FIXED),
    Column("channel", Text, nullable=False, info=FIXED),
    Column("opened_at", BigInteger, nullable=False, info=FIXED),
    Column("verify_by", BigInteger, nullable=False, info=FIXED),
    Column("close_by", BigInteger, nullable=False, info=FIXED),
    Column("next", Text),
    Column("ended_at", BigInteger),
    Column("excluded", Boolean, nullable=False),
    Column("again", Integer),
    Column("history", Text, nullable=False),
    PrimaryKeyConstraint("hall", "ticket", "leg"),
)
"""差评: `next` is the step to be taken, `history` JSON (`server.hall.redress_facts`)."""
Index("redress_opened", redress.c.hall, redress.c.opened_at)
Index("redress_ended", redress.c.hall, redress.c.ended_at)

print_job = Table(
    "print_job",
    metadata,
    Column("hall", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("ticket", Text),
    Column("printer", Text, nullable=False),
    Column("slip", Text, nullable=False),
    Column("copy", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text),
    Column("queued_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("hall", "id"),
)

answer = Table(
    "answer",
    metadata,
    Column("hall", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    PrimaryKeyConstraint("hall", "key"),
)
Index("answer_at", answer.c.hall, answer.c.at)

hall_lease = Table(
    "hall_lease",
    metadata,
    Column("hall", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("epoch", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("hall", Text, nullable=False),
    Column("username", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("post", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("photo", Text),
    Column("keypad_code", Text),
    PrimaryKeyConstraint("hall", "username"),
)
Index("staff_keypad_code", staff.c.hall, staff.c.keypad_code, unique=True)

keypad = Table(
    "keypad",
    metadata,
    Column("hall", Text, nullable=False),
    Column("window", Integer, nullable=False),
    Column("username", Text, nullable=False),
    PrimaryKeyConstraint("hall", "window"),
)

photo = Table(
    "photo",
    metadata,
    Column("hall", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("hall", "id"),
)

device = Table(
    "device",
    metadata,
    Column("hall", Text, nullable=False),
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("token_hash", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    PrimaryKeyConstraint("hall", "id"),
    UniqueConstraint("token_hash"),
)
