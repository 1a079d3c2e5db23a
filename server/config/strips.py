"""The LED strips over the windows (窗口条屏)."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from server.config.addresses import SerialLine
from server.config.section import Section, WindowNumber
from server.told import told

StripDialect = Literal["hallqueuefront", "digits", "template"]
StripSize = Literal["64x16", "192x32", "digits"]
StripColour = Literal["red", "green", "yellow"]


class StripSettings(Section):
    """A strip at a window, on a line that pads and other strips may share.

    `template` is a YAML file that describes another maker's frame, for the dialect of that name; `idle` stands on the
    strip while nobody is called; by default it is 热情为您服务, or what of it there is room for.
    """

    window: WindowNumber
    link: SerialLine
    baudrate: Annotated[int, Field(ge=1200, le=115200)] = 9600
    address: Annotated[int, Field(ge=0, le=255)]
    dialect: StripDialect = "hallqueuefront"
    template: str | None = None
    size: StripSize = "64x16"
    colour: StripColour = "red"
    idle: Annotated[str, StringConstraints(max_length=60, strip_whitespace=True)] | None = None

    @model_validator(mode="after")
    def _agrees(self) -> Self:
        if (self.dialect == "template") != (self.template is not None):
            raise ValueError(told("dialect: template and the template's file belong together"))
        if (self.dialect == "digits") != (self.size == "digits"):
            raise ValueError(told("dialect: digits and size: digits belong together"))
        return self
