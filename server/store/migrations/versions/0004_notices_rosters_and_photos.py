"""Notices and rosters that outlive their day, and photos"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_OF_NOTICES = sa.text("kind IN ('notice_posted', 'notice_withdrawn', 'roster_set')")


def upgrade() -> None:
    op.create_index(
        "event_notice",
        "event",
        ["hall", "seq"],
        sqlite_where=_OF_NOTICES,
        postgresql_where=_OF_NOTICES,
    )
    op.add_column("staff", sa.Column("photo", sa.Text()))
    op.create_table(
        "photo",
        sa.Column("hall", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "id"),
    )
