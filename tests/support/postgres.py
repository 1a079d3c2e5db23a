"""A PostgreSQL server of the test run's own, from the system's binaries, with databases by the piece."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

import psycopg
from hall_server import free_port

_BINARIES = Path("/usr/lib/postgresql")
_USER = "tester"
_PATIENCE = 30


class PostgresServer:
    """On a free loopback port, in a folder of its own; fsync stays on, because what is tried here is what is durable.

    PostgreSQL refuses to run as root, so root's server runs as the system's `postgres` user, else as `nobody`.
    """

    def __init__(self) -> None:
        self._binaries = _newest_binaries()
        self._become, owner = _unprivileged()
        self._folder = Path(tempfile.mkdtemp(prefix="jiaohao-postgres-"))
        if owner is not None:
            os.chown(self._folder, owner.pw_uid, owner.pw_gid)
        self._data, self._log = self._folder / "data", self._folder / "log"
        self._numbers = count(1)
        self.port = free_port()
        where = ("-D", str(self._data))
        self._run("initdb", *where, "-U", _USER, "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-instructions")
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self._folder}"
        self._run("pg_ctl", *where, "-l", str(self._log), "-w", "-t", str(_PATIENCE), "-o", options, "start")
        self._pid = int((self._data / "postmaster.pid").read_text(encoding="ascii").splitlines()[0])

    def new_database(self) -> str:
        """The SQLAlchemy address of an empty database that nobody else uses."""
        name = f"hall{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name}", database="postgres")
        return f"postgresql://{_USER}@127.0.0.1:{self.port}/{name}"

    def execute(self, statement: str, database: str) -> list[tuple[object, ...]]:
        """As the server's administrator, beside whatever is being tried."""
        address = f"host=127.0.0.1 port={self.port} user={_USER} dbname={database}"
        with psycopg.connect(address, autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        """By its pid, and without ceremony: its data goes with it."""
        os.kill(self._pid, signal.SIGQUIT)
        deadline = time.monotonic() + _PATIENCE
        while (self._data / "postmaster.pid").exists():
            assert time.monotonic() < deadline, "PostgreSQL does not end"
            time.sleep(0.02)
        shutil.rmtree(self._folder)

    def _run(self, program: str, *words: str) -> None:
        done = subprocess.run(
            [str(self._binaries / program), *words],
            preexec_fn=self._become,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=_PATIENCE * 2,
        )
        log = self._log.read_text(encoding="utf-8") if self._log.exists() else ""
        assert done.returncode == 0, f"{program}: {done.stderr.decode()}\n{log}"


def _newest_binaries() -> Path:
    versions = sorted((int(folder.name), folder) for folder in _BINARIES.glob("*") if folder.name.isdigit())
    usable = [folder / "bin" for _, folder in versions if (folder / "bin" / "initdb").exists()]
    if not usable:
        raise RuntimeError(f"these tests need PostgreSQL's server under {_BINARIES}: apt-get install postgresql")
    return usable[-1]


def _unprivileged() -> tuple[Callable[[], None] | None, pwd.struct_passwd | None]:
    """(what a child does to stop being root, whom it becomes)."""
    if os.geteuid() != 0:
        return None, None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    owner = known.get("postgres") or known["nobody"]

    def become() -> None:
        os.setgroups([])
        os.setgid(owner.pw_gid)
        os.setuid(owner.pw_uid)

    return become, owner
