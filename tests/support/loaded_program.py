"""A program that has `jiaohao` loaded, and forks a process for each command that it is told: loading takes seconds.

`python loaded_program.py FD`: each message on this Unix socket is JSON, `{"words", "cwd", "environment"}` with the
descriptors of standard input, output and error, answered with `{"pid"}`; or `{"wait": pid}`, answered with
`{"code"}` once that process has ended. The first word is a Python file, or a `jiaohao` command. It ends when nobody
holds the other end any more.
"""

from __future__ import annotations

import json
import os
import runpy
import socket
import sys
from pathlib import Path
from typing import Any

# gevent replaces it when the program is loaded; what listens here must stay an ordinary socket.
_PLAIN = socket.socket
_LONGEST = 1 << 20
_STANDARD = 3


def main() -> None:
    told = _PLAIN(fileno=int(sys.argv[1]))
    from server.cli import main as jiaohao

    words = _serve(told)
    if words is None:
        return
    if words[0].endswith(".py"):
        sys.argv[:] = words
        sys.path.insert(0, str(Path(words[0]).parent))
        runpy.run_path(words[0], run_name="__main__")
    else:
        sys.argv[:] = ["jiaohao", *words]
        jiaohao()


def _serve(told: socket.socket) -> list[str] | None:
    """In each forked process, the words of its command; None in this one when it is not needed any more."""
    from gevent.os import fork

    while True:
        message, descriptors, _, _ = socket.recv_fds(told, _LONGEST, _STANDARD)
        if not message:
            return None
        order = json.loads(message)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            told.sendall(json.dumps({"code": os.waitstatus_to_exitcode(status)}).encode())
            continue
        pid = fork()
        if pid == 0:
            told.close()
            _become(order, descriptors)
            words: list[str] = order["words"]
            return words
        for descriptor in descriptors:
            os.close(descriptor)
        told.sendall(json.dumps({"pid": pid}).encode())


def _become(order: dict[str, Any], descriptors: list[int]) -> None:
    """What a process has of its own when a shell starts it."""
    for standard, descriptor in enumerate(descriptors):
        os.dup2(descriptor, standard)
        os.close(descriptor)
    sys.stdout.reconfigure(write_through=True)  # type: ignore[union-attr]
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["environment"])


if __name__ == "__main__":
    main()
