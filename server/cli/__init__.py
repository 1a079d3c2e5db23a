"""The `jiaohao` command."""

# gevent must replace the blocking parts of the standard library before anything else imports them.
from gevent import monkey

monkey.patch_all()

import gc  # noqa: E402
import os  # noqa: E402

# Nothing of what is loaded becomes garbage: to look for it takes a fifth of the time of a start.
gc.disable()

from server.cli.commands import cli  # noqa: E402
from server.cli.spoken_help import speak_click  # noqa: E402

gc.enable()


def main() -> None:
    # Tickets, votes and password hashes are nobody else's on this machine: neither the database nor its journal, which
    # SQLite makes anew whenever it likes.
    os.umask(0o077)
    speak_click()
    cli()
