"""What came of each leg, which documents were named, and who was asked first"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_LOOKS = sa.text("kind = 'return_looked_into'")
_FIRST = sa.text("first IS NOT NULL")
_RETURNED = sa.text("returned")


def upgrade() -> None:
    for name, kind in (
        ("result", sa.Text()),
        ("quantity", sa.Integer()),
        ("result_note", sa.Text()),
        ("notices", sa.Text()),
        ("person", sa.Text()),
    ):
        op.add_column("leg", sa.Column(name, kind))
    op.add_column("leg", sa.Column("returned", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("ticket", sa.Column("first", sa.Text()))
    for index, table, columns, where in (
        ("leg_returned", "leg", ["hall", "day"], _RETURNED),
        ("leg_returned_person", "leg", ["hall", "person"], _RETURNED),
        ("ticket_first", "ticket", ["hall", "day"], _FIRST),
        ("event_look", "event", ["hall", "at"], _LOOKS),
    ):
        op.create_index(index, table, columns, sqlite_where=where, postgresql_where=where)
