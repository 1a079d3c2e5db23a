"""The `jiaohao` command."""

# gevent must replace the blocking parts of the standard library before anything else imports them.
from gevent import monkey

monkey.patch_all()

import os  # noqa: E402

from server.cli.commands import cli  # noqa: E402


def main() -> None:
    # Tickets, votes and password hashes are nobody else's on this machine: neither the database nor its journal, which
    # SQLite makes anew whenever it likes.
    os.umask(0o077)
    cli()
