"""The paper ticket as ESC/POS bytes: what is on it and how it is set.

python-escpos composes the commands (`Dummy`); Chinese text is put in as raw GBK because its `text()` prints `?` for
full-width punctuation and never switches Chinese on (`FS &`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from urllib.parse import quote

from escpos.constants import QR_ECLEVEL_M
from escpos.printer import Dummy

from kiosk.printer.profile import PrinterProfile
from kiosk.slip.text import cells, printable

MAX_BYTES: Final = 600  # body and acknowledgement request: 0.63 s at 9600 baud, so the paper stays the slow part
ACK_BYTES: Final = 11  # the longer of the two requests (`kiosk.printer.status.ack_request`)
MAX_URL: Final = 200  # a QR of 6 dots per module beyond this is wider than 58 mm paper
_QR_MODULE_DOTS: Final = 6
_DASHES: Final = (2, 4, 0)  # width factor of a rule's hyphens, finest first: wider ones are fewer bytes; 0 is no rule

Align = Literal["left", "center", "right"]


@dataclass(frozen=True)
class SlipWords:
    """The printed labels, for callers that translate; the defaults are what a Chinese hall prints."""

    ahead: str = "前面还有"
    people: str = "人"
    wait: str = "预计等候"
    go_to: str = "请到"
    scan: str = "扫码看排队进度，不扫也可以"
    valid_today: str = "当日有效"
    hotline: str = "监督电话"
    reprint: str = "补打"
    then: str = "接着办"


CHINESE: Final = SlipWords()


@dataclass(frozen=True)
class TicketSlip:
    """What one ticket says. `ahead` counts people; `issued_at` is the hall's local time; empty texts are left out.

    `priority` says why it goes first; `then` are the further services of a combined visit, in their order.

    Raises ValueError for an empty number, a negative `ahead`, or a URL beyond MAX_URL bytes.
    """

    hall: str
    service: str
    number: str
    ahead: int
    place: str
    issued_at: datetime
    wait: str | None = None
    windows: str = ""
    url: str = ""
    notices: tuple[str, ...] = ()
    kiosk: str = ""
    hotline: str = ""
    reprint: bool = False
    priority: str = ""
    then: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what could not be a ticket."""
        if not self.number.strip():
            raise ValueError("a ticket needs a number")
        if self.ahead < 0:
            raise ValueError(f"{self.ahead} people cannot be ahead")
        if len(_plain_url(self.url)) > MAX_URL:
            raise ValueError(f"the status URL is longer than {MAX_URL} bytes")


def ticket_slip(slip: TicketSlip, profile: PrinterProfile, words: SlipWords = CHINESE) -> bytes:
    """The ticket from initialise to cut, without the acknowledgement request that a job adds.

    With the request it stays within MAX_BYTES for names of ordinary length: the dashed rules, which say nothing, get
    coarser and then go when it would not. Words are never dropped.
    """
    body = b""
    for dash in _DASHES:
        body = _compose(slip, profile, words, dash)
        if len(body) + ACK_BYTES <= MAX_BYTES:
            break
    return body


def _compose(slip: TicketSlip, profile: PrinterProfile, words: SlipWords, dash: int) -> bytes:
    pen = _Pen(profile, dash)
    pen.title(slip.hall)
    pen.rule()
    pen.gap()
    if slip.reprint:
        pen.title(words.reprint)
    pen.title(slip.service)
    pen.number(slip.number)
    pen.centred(slip.priority)
    wait = slip.wait or ""
    pen.ends(words.ahead, words.wait if wait else "")
    pen.ends(f"{slip.ahead} {words.people}", wait, scale=2)
    pen.rule()
    pen.title(f"{words.go_to} {slip.place}" if slip.place else "")
    pen.gap()
    pen.centred(slip.windows)
    pen.title(f"{words.then} {'、'.join(slip.then)}" if slip.then else "")
    pen.rule()
    if slip.url:
        pen.gap()
        pen.qr(slip.url)
        pen.gap()
        pen.centred(words.scan)
        pen.rule()
    for notice in slip.notices:
        pen.centred(notice)
    pen.ends(slip.issued_at.strftime("%Y-%m-%d %H:%M"), slip.kiosk)
    pen.ends(words.valid_today, f"{words.hotline} {slip.hotline}" if slip.hotline else "")
    pen.gap()
    return pen.cut()


class _Pen:
    """Sets lines, and remembers how it stands so that no command is sent twice.

    A line that fills the whole width looks the same under every alignment, and a rule under every weight: those pass
    None and leave the printer as it stands. That keeps the rules on nearly every ticket within MAX_BYTES.
    """

    def __init__(self, profile: PrinterProfile, dash: int) -> None:
        self._profile = profile
        self._dash = dash
        self._align: Align = "left"
        self._size = (1, 1)
        self._bold = False
        self._chinese = {b"\x1c!": 0, b"\x1cW": 0}
        self._out = Dummy()
        self._out.hw("INIT")
        self._out._raw(b"\x1c&")  # FS &: Chinese on; not every printer starts that way

    def title(self, text: str) -> None:
        """One centred text at double size; only twice as high when it is too long for that, and it still stands out."""
        text = printable(text)
        if text.strip():
            self._line(text, (2 if cells(text) * 2 <= self._profile.columns else 1, 2), align="center", bold=True)

    def centred(self, text: str) -> None:
        """One centred text at single size."""
        text = printable(text)
        if text.strip():
            self._line(text, (1, 1), align="center", bold=False)

    def number(self, number: str) -> None:
        """The number as large as the paper allows, at most 8 times."""
        text = printable(number.strip())
        scale = max(1, min(8, self._profile.columns // cells(text)))
        self._line(text, (scale, scale), align="center", bold=True)

    def ends(self, left: str, right: str, scale: int = 1) -> None:
        """One text at the left edge and one at the right, on one line where they fit, else on two."""
        left, right = printable(left), printable(right)
        if cells(left + right) + 1 > self._profile.columns // scale:
            scale = 1
        size, bold = (scale, scale), scale > 1
        space = self._profile.columns // scale - cells(left + right)
        if right and space > 0:
            # Spaces and not ESC $: text tools read them, and no clone gets them wrong.
            self._line(left + " " * space + right, size, align=None, bold=bold)
            return
        self._line(left, size, align="left", bold=bold)
        if right:
            self._line(right, size, align="right", bold=bold)

    def rule(self) -> None:
        """A dashed line of widened hyphens, or a blank line."""
        if self._dash:
            self._line("-" * (self._profile.columns // self._dash), (self._dash, 1), align=None, bold=None)
        else:
            self._line("", (1, 1), align=None, bold=None)

    def gap(self) -> None:
        """Blank feed of one line of single height."""
        if self._size[1] > 1:
            self._turn((1, 1), align=None, bold=None)
        self._out._raw(b"\n")

    def qr(self, url: str) -> None:
        """A QR code that the printer draws itself, so that it stays small on the wire."""
        self._turn((1, 1), align="center", bold=None)
        self._out.qr(_plain_url(url), ec=QR_ECLEVEL_M, size=_QR_MODULE_DOTS, native=True)

    def cut(self) -> bytes:
        """Feed to the knife, cut, and hand over all bytes."""
        self._out.cut(feed=False)  # GS V 66 0: the printer itself knows how far its knife is
        return bytes(self._out.output)

    def _line(self, text: str, size: tuple[int, int], *, align: Align | None, bold: bool | None) -> None:
        self._turn(size, align=align, bold=bold)
        if self._profile.chinese_needs_fs and not text.isascii():
            self._turn_chinese(wide=size[0] > 1, high=size[1] > 1)
        self._out._raw(text.encode("gbk") + b"\n")

    def _turn(self, size: tuple[int, int], *, align: Align | None, bold: bool | None) -> None:
        if align is not None and align != self._align:
            self._out.set(align=align)
            self._align = align
        if bold is not None and bold != self._bold:
            self._out.set(bold=bold)
            self._bold = bold
        if size != self._size:
            self._out.set(custom_size=True, width=size[0], height=size[1])
            self._size = size

    def _turn_chinese(self, *, wide: bool, high: bool) -> None:
        """`FS !` for either direction and `FS W` for both: of the clones that need them some know only one."""
        for command, value in ((b"\x1c!", 0x04 * wide | 0x08 * high), (b"\x1cW", int(wide and high))):
            if value != self._chinese[command]:
                self._out._raw(command + bytes((value,)))
                self._chinese[command] = value


def _plain_url(url: str) -> str:
    """`url` in ASCII only: what a QR reader opens, and no byte in it that a printer would obey."""
    return quote(url.strip(), safe="%/:?#[]@!$&'()*+,;=-._~")
