"""Reasons of votes, votes on a later day, and the chain through the log"""

import sqlalchemy as sa
from alembic import op

from server.hall.log import Row
from server.store.chain import START, link

revision = "0009"
down_revision = "0007"

_OF_VOTES = sa.text("kind IN ('evaluation_opened', 'evaluation_voted', 'evaluation_explained', 'evaluation_lapsed')")
_PIECE = 10_000
_ROWS = sa.text(
    'SELECT hall, seq, at, ticket, leg, "window", staff, kind, data FROM event'
    " WHERE hall = :hall AND seq > :seq ORDER BY seq LIMIT :piece"
)
_PUT = sa.text("UPDATE event SET chain = :chain WHERE hall = :hall AND seq = :seq")


def upgrade() -> None:
    op.add_column("evaluation", sa.Column("reasons", sa.Text(), nullable=False, server_default=""))
    op.add_column("evaluation", sa.Column("words", sa.Text(), nullable=False, server_default=""))
    nothing = sa.text("x''" if op.get_bind().dialect.name == "sqlite" else "''::bytea")
    op.add_column("event", sa.Column("chain", sa.LargeBinary(), nullable=False, server_default=nothing))
    op.create_index("event_vote", "event", ["hall", "at"], sqlite_where=_OF_VOTES, postgresql_where=_OF_VOTES)
    halls = op.get_bind().execute(sa.text("SELECT DISTINCT hall FROM event ORDER BY hall")).scalars().all()
    for hall in halls:
        _chain(hall)


def _chain(hall: str) -> None:
    """What stands in the log at the upgrade is what later checks go by."""
    connection, seq, head = op.get_bind(), -(2**62), START
    while rows := connection.execute(_ROWS, {"hall": hall, "seq": seq, "piece": _PIECE}).all():
        put = []
        for _, *values in rows:
            row = Row(*values)
            head = link(hall, head, row)
            put.append({"hall": hall, "seq": row.seq, "chain": head})
            seq = row.seq
        connection.execute(_PUT, put)
