"""What goes between the server and an agent whose printers it prints on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kiosk.printer.profile import PrinterProfile
from server.hall.printing import PrintState
from server.messages import Message
from server.messages.letters import Mark

JobId = Annotated[str, StringConstraints(min_length=4, max_length=32)]
PrinterName = Annotated[str, StringConstraints(min_length=1, max_length=40)]
Word = Annotated[str, StringConstraints(max_length=40)]


class Condition(Message):
    """`PrinterCondition` of one printer."""

    state: Word
    reason: Word | None = None
    paper: Word | None = None
    cover: Word | None = None


class PollIn(Message):
    """What an agent has at this moment. `run` is this life of its process, `turn` counts its polls.

    `holding`: the jobs that it was given and has not seen the end of, as far as the server has acknowledged it.
    """

    agent: Word
    run: Mark
    turn: Annotated[int, Field(ge=1)]
    holding: Annotated[list[JobId], Field(max_length=1000)]
    printers: dict[PrinterName, Condition]


class JobOut(Message):
    """`body` in base64: the slip with its cut. `age` in seconds, since it was asked for."""

    job: str
    printer: str
    body: str
    id4: str
    age: float


class PollOut(Message):
    """`profiles`: the printers that the configuration places at the agent. `too_old` in seconds."""

    profiles: dict[str, PrinterProfile]
    too_old: float
    jobs: list[JobOut]


class ConditionsIn(Message):
    agent: Word
    run: Mark
    printers: dict[PrinterName, Condition]


class CheckingIn(Message):
    agent: Word
    job: JobId


class BeginIn(Message):
    """`attempt` names one attempt to print: of all that ask for a job, one may begin, and may ask again."""

    agent: Word
    run: Mark
    job: JobId
    attempt: Mark


class Done(Message):
    """Nothing more to say."""


class Said(Message):
    """A letter's body: how far a job has come. What comes before SENDING is not said by letter."""

    job: JobId
    state: Literal[
        PrintState.AWAIT_ACK,
        PrintState.PAUSED,
        PrintState.PRINTED,
        PrintState.SENT,
        PrintState.BLOCKED,
        PrintState.UNKNOWN,
        PrintState.DROPPED,
    ]
    reason: Word | None = None
