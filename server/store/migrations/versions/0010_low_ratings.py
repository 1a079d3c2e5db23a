"""Low ratings and what is done about them"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_OF_REDRESS = sa.text(
    "kind IN ('redress_opened', 'redress_step_taken', 'redress_called_back', 'redress_appealed',"
    " 'redress_appeal_decided', 'redress_voted_again')"
)


def upgrade() -> None:
    op.create_table(
        "redress",
        sa.Column("hall", sa.Text(), nullable=False),
        sa.Column("ticket", sa.Text(), nullable=False),
        sa.Column("leg", sa.Integer(), nullable=False),
        sa.Column("service", sa.Text(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("verify_by", sa.BigInteger(), nullable=False),
        sa.Column("close_by", sa.BigInteger(), nullable=False),
        sa.Column("next", sa.Text()),
        sa.Column("ended_at", sa.BigInteger()),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("again", sa.Integer()),
        sa.Column("history", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "ticket", "leg"),
    )
    op.create_index("redress_opened", "redress", ["hall", "opened_at"])
    op.create_index("redress_ended", "redress", ["hall", "ended_at"])
    op.create_index("event_redress", "event", ["hall", "at"], sqlite_where=_OF_REDRESS, postgresql_where=_OF_REDRESS)
