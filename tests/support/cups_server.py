"""A CUPS of the test run's own: the real scheduler and its real queues, in a folder, on a socket in it."""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from waiting import wait_until

_SCHEDULER = Path("/usr/sbin/cupsd")
_DAEMON = Path("/usr/lib/cups/daemon")
_FILES = """\
ServerRoot {folder}/conf
ServerBin {folder}/bin
RequestRoot {folder}/spool
CacheDir {folder}/cache
StateDir {folder}/run
TempDir {folder}/tmp
AccessLog {folder}/log/access
ErrorLog {folder}/log/error
PageLog {folder}/log/page
User {user}
Group {group}
SystemGroup {group}
"""
_SETTINGS = """\
Listen {folder}/cups.sock
LogLevel debug
Browsing Off
WebInterface No
JobRetryInterval 1
JobKillDelay 1
<Location />
Order allow,deny
Allow all
</Location>
<Policy default>
<Limit Cancel-Job Cancel-Jobs Cancel-My-Jobs Purge-Jobs>
Require user @OWNER @SYSTEM
Order deny,allow
</Limit>
<Limit All>
Order deny,allow
</Limit>
</Policy>
"""
# What CUPS' own `socket` backend does, which Debian ships in the package `cups` together with Ghostscript.
_BACKEND = """\
#!/usr/bin/env python3
import os, socket, sys
from urllib.parse import urlsplit
if len(sys.argv) < 2:
    print('network socket "Unknown" "a printer on port 9100"')
    sys.exit(0)
address = urlsplit(os.environ["DEVICE_URI"])
paper = open(sys.argv[6], "rb") if len(sys.argv) > 6 else sys.stdin.buffer
with socket.create_connection((address.hostname, address.port)) as printer:
    printer.sendall(paper.read())
"""


class CupsServer:
    """`environment` sends CUPS' programs to it. It refuses root, so root's runs as `nobody`.

    `more` is added to its cupsd.conf.
    """

    def __init__(self, more: str = "") -> None:
        if not _SCHEDULER.exists():
            raise RuntimeError("these tests need the scheduler of CUPS: apt-get install cups-daemon cups-client")
        self._become, user, group = _unprivileged()
        self.folder = Path(tempfile.mkdtemp(prefix="jiaohao-cups-"))
        self.folder.chmod(0o755)
        for name in ("conf", "bin/backend", "bin/filter", "spool", "cache", "run", "tmp", "log"):
            (self.folder / name).mkdir(parents=True)
        (self.folder / "bin/daemon").symlink_to(_DAEMON)
        backend = self.folder / "bin/backend/socket"
        backend.write_text(_BACKEND, encoding="ascii")
        backend.chmod(0o755)
        facts = {"folder": self.folder, "user": user, "group": group}
        (self.folder / "conf/cups-files.conf").write_text(_FILES.format(**facts), encoding="ascii")
        (self.folder / "conf/cupsd.conf").write_text(_SETTINGS.format(**facts) + more, encoding="ascii")
        if self._become is not None:
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, user, group)
        self.environment = {"CUPS_SERVER": str(self.folder / "cups.sock")}
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        conf = self.folder / "conf"
        self._process = subprocess.Popen(
            [str(_SCHEDULER), "-f", "-c", str(conf / "cupsd.conf"), "-s", str(conf / "cups-files.conf")],
            preexec_fn=self._become,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_until(lambda: "is running" in self.run("lpstat", "-r"), "the scheduler of CUPS is there")

    def stop(self) -> None:
        """By its process; the queues stay for the next start."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(20)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def add_queue(self, name: str, port: int) -> None:
        """A raw queue onto the printer at a port of this machine."""
        self.run("lpadmin", "-p", name, "-E", "-v", f"socket://127.0.0.1:{port}", "-m", "raw", "-o",
                 "printer-error-policy=retry-current-job")  # fmt: skip

    def jobs(self, queue: str) -> str:
        """What waits in a queue."""
        return self.run("lpstat", "-W", "not-completed", "-o", queue)

    def run(self, *words: str) -> str:
        """What one of CUPS' programs says."""
        done = subprocess.run(
            words,
            preexec_fn=self._become,
            env={**os.environ, **self.environment, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=30,
        )
        return done.stdout


def _unprivileged() -> tuple[Callable[[], None] | None, str, str]:
    """(what a child does to stop being root, whom it becomes, in which group)."""
    entry = pwd.getpwuid(os.geteuid()) if os.geteuid() != 0 else pwd.getpwnam("nobody")
    group = grp.getgrgid(entry.pw_gid).gr_name
    if os.geteuid() != 0:
        return None, entry.pw_name, group

    def become() -> None:
        os.setgroups([])
        os.setgid(entry.pw_gid)
        os.setuid(entry.pw_uid)

    return become, entry.pw_name, group
