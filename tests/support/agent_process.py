"""`jiaohao agent` as a process, and a line between it and the server that a test can cut."""

from __future__ import annotations

import signal
import socket
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

import yaml
from hall_server import PATIENCE
from loaded import LoadedProcess
from waiting import wait_until

_START = 60.0
"""Seconds: on a busy machine it takes a while to load the program."""


class AgentProcess:
    """An agent with its configuration and outbox in `folder`. `printers`: name -> port of a printer on this PC."""

    def __init__(self, folder: Path, base: str, token: str, printers: dict[str, int], name: str = "east") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.config = folder / "agent.yaml"
        self.outbox = folder / "data" / "printers" / "outbox.jsonl"
        self.log = folder / "agent.log"
        settings: dict[str, Any] = {
            "server": base,
            "name": name,
            "token": token,
            "data": str(folder / "data"),
            "printers": {printer: {"link": f"tcp://127.0.0.1:{port}"} for printer, port in printers.items()},
        }
        self.config.write_text(yaml.safe_dump(settings), encoding="utf-8")
        self.environment: dict[str, str] = {}
        self.process: LoadedProcess | None = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = LoadedProcess(
                "agent",
                "--config",
                str(self.config),
                environment=self.environment,
                stdout=log.fileno(),
                stderr=log.fileno(),
            )

    def connect(self) -> None:
        """Start, and wait until the server answers it."""
        before = self._said("connected to") if self.log.exists() else 0
        self.start()
        self.says("connected to", before + 1)

    def kill(self) -> None:
        """Without warning, as a power cut does."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def end(self) -> int:
        """As systemd ends it: the exit code."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(PATIENCE)
        self.process = None
        return code

    def says(self, text: str, times: int = 1) -> None:
        """Wait until it has said so, `times` times in all."""
        wait_until(lambda: self._said(text) >= times, f"the agent says {text!r}", _START)

    def _said(self, text: str) -> int:
        return self.log.read_text("utf-8").count(text)


class Line:
    """The network between an agent and the server at `port`: `cut` breaks its connections and takes no new ones.

    `cut_after(words)`: with the next request that has them in it the line is cut: the request arrives, its answer not.
    """

    def __init__(self, port: int) -> None:
        self._server_port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.base = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._whole = threading.Event()
        self._whole.set()
        self._open: list[socket.socket] = []
        self._cut_after: bytes | None = None
        self.was_cut = threading.Event()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        self._whole.clear()
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._open.clear()

    def cut_after(self, words: bytes) -> None:
        self.was_cut.clear()
        self._cut_after = words

    def mend(self) -> None:
        self._whole.set()

    def close(self) -> None:
        self.cut()
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                if not self._whole.is_set():
                    client.close()
                    continue
                try:
                    server = socket.create_connection(("127.0.0.1", self._server_port))
                except OSError:
                    client.close()
                    continue
                self._open += [client, server]
                deaf = threading.Event()
                threading.Thread(target=self._to_server, args=(client, server, deaf), daemon=True).start()
                threading.Thread(target=self._to_client, args=(server, client, deaf), daemon=True).start()

    def _to_server(self, client: socket.socket, server: socket.socket, deaf: threading.Event) -> None:
        with suppress(OSError):
            while data := client.recv(65536):
                if self._cut_after is not None and self._cut_after in data:
                    self._cut_after = None
                    deaf.set()
                server.sendall(data)
        _hang_up(client, server)

    def _to_client(self, server: socket.socket, client: socket.socket, deaf: threading.Event) -> None:
        """The server's first word after the request is its answer: by then it has done what it was asked."""
        with suppress(OSError):
            while (data := server.recv(65536)) and not deaf.is_set():
                client.sendall(data)
        if deaf.is_set():
            self.cut()
            self.was_cut.set()
        _hang_up(server, client)


def _hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
