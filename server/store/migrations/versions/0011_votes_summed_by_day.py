"""Votes of days that are over, summed"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_COUNTS = ("excellent", "good", "fair", "poor", "very_poor", "unrated", "open")


def upgrade() -> None:
    op.create_table(
        "vote_sum",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("hall", "grouping", "day", "key")),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("hall", "grouping", "day", "key"),
    )
    op.create_table(
        "summed_day",
        sa.Column("hall", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "day"),
    )
