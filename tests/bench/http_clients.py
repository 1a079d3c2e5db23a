"""A program: clients that keep their connections and ask again as soon as they are answered.

`python http_clients.py PORT SECONDS CLIENTS METHOD PATH BODY [HEADER: VALUE]...` prints answers a second. `{n}` in a
header is another number in each request.
"""

from __future__ import annotations

import sys
import time

import gevent
from gevent import socket


class Client:
    def __init__(self, port: int, request: str) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request = request
        self.answers = 0

    def run(self, name: int, end: float) -> None:
        while time.monotonic() < end:
            self._socket.sendall(self._request.replace("{n}", f"{name}-{self.answers}").encode())
            self._read_answer()
            self.answers += 1

    def _read_answer(self) -> None:
        """One answer with a Content-Length; anything but success ends the measurement."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += self._more()
        head, _, body = data.partition(b"\r\n\r\n")
        assert head.split(b" ", 2)[1].startswith(b"2"), data
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        while len(body) < length:
            body += self._more()

    def _more(self) -> bytes:
        received: bytes = self._socket.recv(65536)
        assert received, "the server hung up"
        return received


def main() -> None:
    port, seconds, clients, method, path, body, *headers = sys.argv[1:]
    lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{port}", f"Content-Length: {len(body)}", *headers, "", body]
    running = [Client(int(port), "\r\n".join(lines)) for _ in range(int(clients))]
    start = time.monotonic()
    end = start + float(seconds)
    gevent.joinall([gevent.spawn(client.run, n, end) for n, client in enumerate(running)], raise_error=True)
    rate = sum(client.answers for client in running) / (time.monotonic() - start)
    sys.stdout.write(f"{rate}\n")


if __name__ == "__main__":
    main()
