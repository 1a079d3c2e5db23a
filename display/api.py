"""`/api/v1/board`: what a hall screen shows. Public: it hangs in the hall for everybody to read."""

from __future__ import annotations

from typing import Any

from flask_openapi3 import APIBlueprint

from display.board import board
from display.messages import BoardOut, BoardPath
from display.screens import find_screen
from server.hall.state import HallState
from server.messages import ErrorOut
from server.web.answer import answer
from server.web.context import context

api = APIBlueprint("board", __name__, url_prefix="/api/v1", abp_responses={"404": ErrorOut, "503": ErrorOut})


@api.get("/board/<display>", responses={"200": BoardOut})
def show(path: BoardPath) -> Any:
    """The board of the screen, of its window alone where it has one, with the calls still to be spoken."""
    running = context()
    screen = find_screen(running.settings, path.display)
    now = running.hall.clock()

    def view(state: HallState) -> BoardOut:
        return BoardOut(seq=state.seq, **dict(board(state, running.settings, screen, now)))

    return answer(running.hall.read(view))
