"""A busy morning at six windows by keys alone, with what a morning brings; afterwards all numbers are accounted for."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

import pytest
from cut_wire import CutWire
from hall_server import PASSWORD, HallServer
from playwright.sync_api import Page, expect

CLERKS = ("wang", "liu", "li", "zhao", "sun", "zhou")
SERVICES = ("social-insurance", "residence", "property", "tax", "civil-affairs", "general")
LEAVES = ("ticket_finished", "ticket_held", "ticket_transferred", "ticket_no_show")
ALL = [
    {"number": number, "name": f"{number} 号窗口", "name_en": f"Window {number}", "services": ["all"]}
    for number in range(1, 7)
]
NO_MOUSE = """(() => {
  window.mouse = 0;
  for (const kind of ["mousedown", "pointerdown"]) addEventListener(kind, () => { window.mouse += 1; }, true);
})();"""


class Window:
    """A clerk's page, with keys as the only way in; what it shows is waited for, never the clock."""

    def __init__(self, page: Page, number: int, username: str) -> None:
        self.page, self.number = page, number
        page.add_init_script(NO_MOUSE)
        page.reload()
        page.keyboard.type(username)  # the first field has the focus
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        card = page.locator(f'[data-window="{number}"]')
        expect(card).to_be_enabled()
        expect(page.locator(".windows")).to_be_focused()
        for _ in range(number):
            page.keyboard.press("ArrowDown")
        expect(card).to_be_focused()
        page.keyboard.press("Enter")
        page.wait_for_selector('#desk[data-link="online"]')

    def ready(self, action: str = "main") -> None:
        for wrong in ("aria-busy", "aria-disabled"):
            expect(self.page.locator(f'[data-action="{action}"]')).not_to_have_attribute(wrong, "true")

    def press(self, *keys: str) -> None:
        self.ready()
        for key in keys:
            self.page.keyboard.press(key)

    def shows(self, state: str) -> str:
        """The number at the window, once it is in this state."""
        expect(self.page.locator("#ticket")).to_have_attribute("data-state", state)
        expect(self.page.locator("#desk[data-busy]")).to_have_count(0)
        return self.page.locator("#ticket-number").inner_text()

    def call(self) -> str:
        self.press("F8")
        number = self.shows("called")
        assert number
        return number

    def start(self) -> None:
        self.press("F8")
        self.shows("serving")

    def finish(self, then: str = "open") -> None:
        self.ready("finish")
        self.page.keyboard.press("F9")
        self.shows(then)


@pytest.fixture
def morning_hall(start_hall: Any, sample: dict[str, Any]) -> HallServer:
    services = [{key: value for key, value in one.items() if key != "booking"} for one in sample["services"]]
    hall: HallServer = start_hall(services=services, windows=ALL, priority={})
    for username in CLERKS:
        hall.add_staff(username, username.title())
    return hall


def test_a_busy_morning_at_six_windows_by_keys_alone(morning_hall: HallServer, open_page: Any) -> None:
    hall = morning_hall
    hall.login()
    wire = CutWire(hall.port)
    bases = {number: wire.base if number == 5 else hall.base for number in range(1, 7)}
    windows = {
        number: Window(open_page(f"{bases[number]}/counter", (1366, 768)), number, username)
        for number, username in enumerate(CLERKS, 1)
    }
    tickets = [hall.issue(SERVICES[turn % len(SERVICES)]) for turn in range(20)]
    one, two, three, four, five, six = windows.values()

    # Everybody calls and starts.
    for window in windows.values():
        window.call()
    for window in windows.values():
        window.start()

    # One finishes and calls in one press; its citizen does not come, and comes back later.
    one.press("F8")
    passed = one.shows("called")
    one.press("F2")
    expect(one.page.locator("#facts")).to_contain_text("叫 2 次")
    one.press("F4")
    one.shows("open")

    # Two holds its citizen, serves another one meanwhile, and goes on.
    held = two.page.locator("#ticket-number").inner_text()
    two.press("F7")
    expect(two.page.locator("#hold-dialog")).to_be_visible()
    two.page.keyboard.press("Enter")
    two.shows("open")
    two.call()
    two.start()
    two.finish()
    two.press("Alt+R")
    expect(two.page.locator("#resume-number")).to_have_value(held)
    two.page.keyboard.press("Enter")
    assert two.shows("serving") == held
    two.finish()

    # Three sends its citizen to its colleague at four, with a note.
    sent = three.page.locator("#ticket-number").inner_text()
    three.press("F10")
    expect(three.page.locator("#transfer-search")).to_be_focused()
    for key in ("4", "Enter", "2", "Tab", "Tab", "Tab"):
        three.page.keyboard.press(key)
    three.page.keyboard.insert_text("材料已看")
    expect(three.page.locator("#transfer-note")).to_have_value("材料已看")
    three.page.keyboard.press("Enter")
    three.shows("open")
    expect(four.page.locator("#waiting-line .row-next")).to_contain_text(sent)
    four.press("F8")
    assert four.shows("called") == sent
    four.start()
    expect(four.page.locator("#ticket-note")).to_contain_text("材料已看")
    four.finish()

    # The line of five drops in the middle of a service: what is pressed meanwhile is refused, and never sent.
    serving = five.page.locator("#ticket-number").inner_text()
    wire.cut()
    expect(five.page.locator("#link")).to_have_attribute("data-state", "offline")
    for key in ("F8", "F9", "F8"):
        five.page.keyboard.press(key)
    wire.mend()
    expect(five.page.locator("#link")).to_have_attribute("data-state", "online")
    assert five.shows("serving") == serving
    five.finish()

    # Six presses twice, and pauses and reopens.
    six.finish()
    six.ready()
    six.page.keyboard.press("F8")
    six.page.keyboard.press("F8")
    six.shows("called")
    six.ready()
    six.shows("called")
    six.page.keyboard.press("Alt+P")
    expect(six.page.locator("#pause-dialog")).to_be_visible()
    six.page.keyboard.press("Enter")
    expect(six.page.locator("#paused")).to_be_visible()
    six.start()
    six.finish(then="paused")
    six.press("F8")
    expect(six.page.locator("#paused")).to_be_hidden()

    # Who was passed comes back, and all windows serve until nobody waits.
    one.page.keyboard.press("Alt+H")
    one.page.keyboard.press("Enter")
    expect(one.page.locator("#aside-line")).not_to_contain_text(passed)
    for window in windows.values():
        drain(window)
    assert [window.page.evaluate("() => window.mouse") for window in windows.values()] == [0] * 6
    account_for(hall, tickets, passed=passed, sent=sent)
    wire.close()


def drain(window: Window) -> None:
    while window.page.locator("#waiting-line li").count():
        window.call()
        window.start()
        window.finish()


def account_for(hall: HallServer, tickets: list[dict[str, Any]], *, passed: str, sent: str) -> None:
    """Every number is finished, was called once for each time its turn came, and never stood at two windows at once."""
    for ticket in tickets:
        kept = hall.call_api("GET", f"tickets/{ticket['id']}").json()
        assert kept["state"] == "finished"
        assert len(kept["legs"]) == (2 if ticket["number"] == sent else 1)
    with sqlite3.connect(hall.folder / "hall.db") as log:
        rows = log.execute("SELECT seq, kind, ticket, window, data FROM event ORDER BY seq").fetchall()
    assert [row[0] for row in rows] == list(range(rows[0][0], rows[0][0] + len(rows)))
    numbers = {ticket["id"]: ticket["number"] for ticket in tickets}
    calls: defaultdict[str, int] = defaultdict(int)
    at: dict[int, str] = {}
    for _, kind, ticket, window, _ in rows:
        if kind == "ticket_called":
            assert window not in at, f"two citizens at window {window}"
            assert ticket not in at.values(), f"{numbers[ticket]} at two windows"
            calls[numbers[ticket]] += 1
            at[window] = ticket
        elif kind == "ticket_resumed":
            at[window] = ticket
        elif kind in LEAVES:
            at = {place: there for place, there in at.items() if there != ticket}
    expected = {number: 2 if number in (passed, sent) else 1 for number in numbers.values()}
    assert dict(calls) == expected
    assert at == {}
