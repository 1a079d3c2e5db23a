"""Codes for keypads, and who is signed in at which"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("staff", sa.Column("keypad_code", sa.Text()))
    op.create_index("staff_keypad_code", "staff", ["hall", "keypad_code"], unique=True)
    op.create_table(
        "keypad",
        sa.Column("hall", sa.Text(), nullable=False),
        sa.Column("window", sa.Integer(), nullable=False),
        sa.Column("username", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("hall", "window"),
    )
