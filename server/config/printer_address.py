"""Where a receipt printer is connected: each form of its address, taken apart here and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, quote

from server.config.hosts import is_host_and_port_alone, split
from server.told import told

EXAMPLES: Final = {
    "tcp": "tcp://192.168.1.60:9100",
    "usb": "usb://04b8:0202",
    "file": "file:///dev/usb/lp0",
    "serial": "/dev/serial/by-path/pci-0000:00:14.0-usb-0:2:1.0-port0",
    "socket": "socket://192.168.1.61:4001",
    "rfc2217": "rfc2217://192.168.1.61:4001",
    "cups": "cups://tickets",
    "agent": "agent://hall-east",
}
_USB = re.compile(r"([0-9a-f]{4}):([0-9a-f]{4})", re.IGNORECASE)
_PORT_PATH = re.compile(r"\d+-\d+(\.\d+)*")
_QUEUE = re.compile(r"[^\s/#?'\"\\@-][^\s/#?'\"\\@]{0,126}")
_AGENT = re.compile(r"[a-z0-9][a-z0-9-]{0,31}")
_NO_SERIAL_PORT = re.compile(r"/dev/(usb/)?lp\d+")


class Flow(StrEnum):
    """How a serial printer says that it takes no more for now."""

    NONE = "none"
    RTSCTS = "rtscts"
    DSRDTR = "dsrdtr"
    XONXOFF = "xonxoff"


@dataclass(frozen=True, slots=True)
class TcpAddress:
    host: str
    port: int


@dataclass(frozen=True, slots=True)
class SerialAddress:
    """`url` is what pyserial opens: a device's path, `socket://` or `rfc2217://`."""

    url: str
    flow: Flow = Flow.NONE


@dataclass(frozen=True, slots=True)
class FileAddress:
    path: Path


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """`serial` is the printer's own number, `port` where it is plugged in: as in /sys/bus/usb/devices, e.g. 1-1.3."""

    vendor: int
    product: int
    serial: str | None = None
    port: str | None = None

    def __str__(self) -> str:
        options = [f"{name}={quote(value)}" for name, value in (("serial", self.serial), ("port", self.port)) if value]
        return f"usb://{self.vendor:04x}:{self.product:04x}" + ("?" + "&".join(options) if options else "")


@dataclass(frozen=True, slots=True)
class CupsAddress:
    queue: str


@dataclass(frozen=True, slots=True)
class AgentAddress:
    """The printer stands at another PC, whose agent comes to the server by this name."""

    name: str


PrinterAddress = TcpAddress | SerialAddress | FileAddress | UsbAddress | CupsAddress | AgentAddress


def parse_printer(text: str) -> PrinterAddress:
    """Take an address from config.yaml apart. Raises ValueError with an example of what is meant."""
    scheme, separator, rest = text.partition("://")
    scheme = scheme.lower()
    if not separator and text.startswith("/"):
        return _device(text)
    if not separator or scheme not in _PARSERS:
        raise ValueError(
            told(
                "%(text)r is no printer's address: write one such as %(examples)s",
                text=text,
                examples=", ".join(EXAMPLES.values()),
            )
        )
    address = _PARSERS[scheme](text, rest)
    if address is None:
        raise ValueError(told("%(text)r is not an address such as %(example)s", text=text, example=EXAMPLES[scheme]))
    return address


def agent_of(text: str) -> str | None:
    """The name of the agent that such a link goes through; None for a printer that this PC itself reaches."""
    address = parse_printer(text)
    return address.name if isinstance(address, AgentAddress) else None


def can_answer(text: str) -> bool:
    """Whether such a link can carry the printer's answers back. A CUPS queue takes papers only.

    Of `file://` only the opening tells: the kernel knows whether the printer talks.
    """
    return not isinstance(parse_printer(text), CupsAddress)


def is_serial(text: str) -> bool:
    """Whether bytes to a printer at this address go over a serial line, at its speed."""
    return isinstance(parse_printer(text), SerialAddress)


def _tcp(text: str, _: str) -> TcpAddress | None:
    parts = split(text)
    if parts is None or not is_host_and_port_alone(parts):
        return None
    return TcpAddress(parts.hostname or "", parts.port or 0)


def _device(text: str) -> SerialAddress:
    path, _, options = text.partition("?")
    if _NO_SERIAL_PORT.fullmatch(path):
        raise ValueError(told("%(text)r is no serial port: write file://%(path)s", text=text, path=path))
    return SerialAddress(path, _flow(text, _options(text, options, "flow").get("flow", Flow.NONE)))


def _socket(text: str, _: str) -> SerialAddress | None:
    """A raw serial server: speed and flow are set in the box itself."""
    return None if _tcp(text, "") is None else SerialAddress(text)


def _rfc2217(text: str, _: str) -> SerialAddress | None:
    """What follows a ? are pyserial's options, but for ours."""
    server, _, options = text.partition("?")
    if _tcp(server, "") is None:
        return None
    words = options.split("&") if options else []
    flows = [word.removeprefix("flow=") for word in words if word.startswith("flow=")]
    others = "&".join(word for word in words if not word.startswith("flow="))
    flow = _flow(text, flows[-1] if flows else Flow.NONE)
    if flow is Flow.DSRDTR:
        raise ValueError(
            told("%(text)r: RFC 2217 knows no DTR/DSR here: set it in the serial server, or use flow=rtscts", text=text)
        )
    return SerialAddress(f"{server}?{others}" if others else server, flow)


def _file(_: str, rest: str) -> FileAddress | None:
    path = Path(rest)
    return FileAddress(path) if path.is_absolute() and path != Path("/") else None


def _usb(text: str, rest: str) -> UsbAddress | None:
    ids, _, query = rest.partition("?")
    matched = _USB.fullmatch(ids)
    if not matched:
        return None
    options = _options(text, query, "serial", "port")
    port = options.get("port")
    if port is not None and not _PORT_PATH.fullmatch(port):
        raise ValueError(
            told("%(text)r: a port is written such as %(example)s?port=1-1.3", text=text, example=EXAMPLES["usb"])
        )
    return UsbAddress(int(matched[1], 16), int(matched[2], 16), options.get("serial"), port)


def _cups(_: str, rest: str) -> CupsAddress | None:
    return CupsAddress(rest) if _QUEUE.fullmatch(rest) else None


def _agent(_: str, rest: str) -> AgentAddress | None:
    return AgentAddress(rest) if _AGENT.fullmatch(rest) else None


_PARSERS: Final[dict[str, Callable[[str, str], PrinterAddress | None]]] = {
    "tcp": _tcp,
    "usb": _usb,
    "file": _file,
    "socket": _socket,
    "rfc2217": _rfc2217,
    "cups": _cups,
    "agent": _agent,
}


def _options(text: str, query: str, *known: str) -> dict[str, str]:
    """What follows the ?, each option once and with a value."""
    try:
        pairs = parse_qsl(query, strict_parsing=True, keep_blank_values=True) if query else []
    except ValueError:
        pairs = [(query, "")]
    options = dict(pairs)
    if len(options) < len(pairs) or any(name not in known or not value for name, value in pairs):
        wanted = " or ".join(f"{name}=…" for name in known)
        raise ValueError(told("%(text)r: what may follow the ? is %(wanted)s, each once", text=text, wanted=wanted))
    return options


def _flow(text: str, value: str) -> Flow:
    try:
        return Flow(value)
    except ValueError:
        raise ValueError(told("%(text)r: flow is one of %(known)s", text=text, known=", ".join(Flow))) from None
