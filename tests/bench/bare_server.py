"""A program: the bare limit of the web side. Flask saying hello, and Flask-SocketIO repeating what it is told.

`python bare_server.py` prints its port. `GET /hello`; `POST /shout` sends its JSON body to everybody in room `hall` of
namespace `/display`, as a committed call is sent to the hall's screens. The HTTP server is the hall's own.
"""

from gevent import monkey

monkey.patch_all()

import sys  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import Namespace, SocketIO, join_room  # noqa: E402

from server.web.wsgi import listen, make_server  # noqa: E402


class Room(Namespace):  # type: ignore[misc]
    def on_connect(self, auth: object = None) -> None:
        join_room("hall")


def main() -> None:
    app = Flask(__name__)
    socketio = SocketIO(app, async_mode="gevent", ping_interval=5, ping_timeout=5, manage_session=False)
    socketio.on_namespace(Room("/display"))

    @app.get("/hello")
    def hello() -> str:
        return "hello"

    @app.post("/shout")
    def shout() -> tuple[str, int]:
        said: Any = request.get_json()
        socketio.emit("patch", said, namespace="/display", to="hall")
        return "", 204

    listener = listen("127.0.0.1", 0)
    sys.stdout.write(f"{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    make_server(listener, app).serve_forever()


if __name__ == "__main__":
    main()
