"""Where tickets stand, holds, and appointments"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_AT_WINDOW = sa.text("at_window IS NOT NULL")
_OF_APPOINTMENTS = sa.text(
    "kind IN ('appointment_booked', 'appointment_moved', 'appointment_arrived', 'appointment_closed',"
    " 'appointment_cancelled', 'appointment_missed')"
)
_OPEN_TICKETS = """
UPDATE ticket SET at_window = (
    SELECT leg."window" FROM leg WHERE leg.hall = ticket.hall AND leg.ticket = ticket.id AND leg.ended_at IS NULL
) WHERE state IN ('called', 'serving')
"""


def upgrade() -> None:
    op.add_column("ticket", sa.Column("at_window", sa.Integer()))
    op.add_column("ticket", sa.Column("verified", sa.Boolean()))
    op.add_column("ticket", sa.Column("appointment", sa.Text()))
    op.add_column("leg", sa.Column("held_for", sa.BigInteger(), nullable=False, server_default="0"))
    op.execute(_OPEN_TICKETS)
    # Legs stay open while their ticket is on hold or comes back: the ticket itself says where it stands.
    op.drop_index("leg_open_window", "leg")
    op.create_index(
        "ticket_at_window",
        "ticket",
        ["hall", "at_window"],
        unique=True,
        sqlite_where=_AT_WINDOW,
        postgresql_where=_AT_WINDOW,
    )
    op.create_table(
        "appointment",
        sa.Column("hall", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("start_at", sa.BigInteger(), nullable=False),
        sa.Column("end_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text()),
        sa.Column("ticket", sa.Text()),
        sa.Column("staff", sa.Text()),
        sa.Column("booked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "id"),
    )
    op.create_index("appointment_start", "appointment", ["hall", "start_at"])
    op.create_index(
        "event_appointment",
        "event",
        ["hall", "seq"],
        sqlite_where=_OF_APPOINTMENTS,
        postgresql_where=_OF_APPOINTMENTS,
    )
