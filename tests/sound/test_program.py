"""How a program ended is known, also where libev reaps the children of the whole process."""

from __future__ import annotations

import subprocess
import sys

from hall_server import PATIENCE, ROOT

PROGRAM = """
from gevent import monkey
monkey.patch_all()
import subprocess
subprocess.run(["true"], check=True)  # gevent's, which has libev watch for children
from server.device.program import Program
for words in (["sh", "-c", "echo out of order >&2; exit 7"], ["sh", "-c", "kill -9 $$"], ["nosuchprogram"]):
    program = Program(words)
    assert program.wait(10)
    print(program.code, program.words)
program = Program(["sleep", "60"])
program.end()
print(program.code)
"""


def test_its_exit_code_and_its_last_words() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    first, killed, missing, ended = done.stdout.splitlines()
    assert first == "7 out of order"
    assert killed.split()[0] == "137"
    assert missing.split()[0] == "127"
    assert ended == "None"
