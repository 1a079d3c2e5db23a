"""Print jobs of slips that are no tickets, at printers that are no kiosk's"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("print_job") as table:
        table.alter_column("kiosk", new_column_name="printer", existing_type=sa.Text(), existing_nullable=False)
        table.alter_column("ticket", existing_type=sa.Text(), nullable=True)
        table.add_column(sa.Column("slip", sa.Text(), nullable=False, server_default="ticket"))
