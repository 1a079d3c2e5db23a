"""The `jiaohao` command."""

# gevent must replace the blocking parts of the standard library before anything else imports them.
from gevent import monkey

monkey.patch_all()

from server.cli.commands import cli  # noqa: E402


def main() -> None:
    cli()
