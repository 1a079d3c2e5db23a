"""Which numbers stood on paper before they were entered"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("paper", sa.Boolean(), nullable=False, server_default=sa.false()))
