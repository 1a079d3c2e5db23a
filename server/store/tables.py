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
    PrimaryKeyConstraint("hall", "seq"),
)
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
OF_NOTICES = "kind IN ('notice_posted', 'notice_withdrawn', 'roster_set')"
"""The other events that outlive their day; their index is used for exactly this condition too."""
Index(
    "event_notice",
    event.c.hall,
    event.c.seq,
    sqlite_where=text(OF_NOTICES),
    postgresql_where=text(OF_NOTICES),
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
    PrimaryKeyConstraint("hall", "id"),
    UniqueConstraint("hall", "day", "number"),
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
    PrimaryKeyConstraint("hall", "ticket", "leg"),
)
Index("leg_day", leg.c.hall, leg.c.day)

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
    PrimaryKeyConstraint("hall", "ticket", "leg"),
)
Index("evaluation_day", evaluation.c.hall, evaluation.c.day)

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
