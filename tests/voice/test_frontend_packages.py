"""The browser packages that set-up builds: complete, licensed, and at home under the pages' content policy."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "server" / "web" / "static" / "vendor"

PAGE = """<!doctype html><html lang="zh"><meta charset="utf-8"><title>packages</title>
<link rel="stylesheet" href="/page.css"><div id="chart"></div>
<script type="module" src="/page.js"></script>"""
PAGE_SCRIPT = """
import { io } from "/socket.io.esm.min.js";
import { init } from "/echarts.js";
const violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
const post = (line) => fetch("/said", { method: "POST", body: line });
const element = document.getElementById("chart");
const chart = init(element, null, { renderer: "svg" });
chart.on("finished", () => {
  chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: 1 });
  requestAnimationFrame(() => {
    const label = element.getAttribute("aria-label");
    post(JSON.stringify({ violations, io: typeof io, label, text: element.textContent }));
  });
});
chart.setOption({
  animation: false,
  aria: { enabled: true, decal: { show: true } },
  tooltip: { renderMode: "richText" },
  legend: {},
  xAxis: { type: "category", data: ["一号窗口", "二号窗口"] },
  yAxis: {},
  series: [
    { type: "bar", name: "办结", data: [12, 20], markLine: { data: [{ type: "average" }] } },
    { type: "line", name: "等候", data: [3, 4] },
  ],
});
"""


@pytest.fixture
def shown(site: Any, screen_browser: Browser) -> dict[str, Any]:
    """What a page that draws a chart and imports the Socket.IO client has to tell."""
    (site.folder / "index.html").write_text(PAGE)
    (site.folder / "page.js").write_text(PAGE_SCRIPT)
    (site.folder / "page.css").write_text("#chart { width: 600px; height: 400px }")
    page = screen_browser.new_page(base_url=site.base)
    page.goto("/")
    told: dict[str, Any] = json.loads(site.said.get(timeout=15))
    page.close()
    return told


def test_a_chart_is_drawn_and_described_under_the_policy(shown: dict[str, Any]) -> None:
    assert shown["violations"] == []
    assert all(word in shown["text"] for word in ("一号窗口", "二号窗口", "办结", "等候"))
    assert "柱状图" in shown["label"]


def test_the_socket_io_client_is_a_module_under_the_policy(shown: dict[str, Any]) -> None:
    assert shown["io"] == "function"


def test_every_package_in_the_bundles_has_its_licence_text_beside_them() -> None:
    licences = {file.stem.replace("+", "/") for file in (VENDOR / "licenses").iterdir()}
    assert licences == {
        *("echarts", "zrender", "tslib", "socket.io-client", "socket.io-parser"),
        *("engine.io-client", "engine.io-parser", "@socket.io/component-emitter"),
    }
    assert "d3" in (VENDOR / "licenses" / "echarts.txt").read_text()


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    installed = {path: entry for path, entry in lock["packages"].items() if path}
    assert installed
    assert all("integrity" in entry and "resolved" not in entry for entry in installed.values())


def test_building_again_changes_nothing() -> None:
    ages = []
    for _ in range(2):
        subprocess.run(["node", "scripts/vendor.mjs"], cwd=ROOT, check=True, timeout=30)
        ages.append({file: file.stat().st_mtime_ns for file in VENDOR.rglob("*")})
    assert ages[0] == ages[1]


def test_our_own_scripts_parse_on_the_oldest_kiosk_browser() -> None:
    subprocess.run(["node", "scripts/old-browser.mjs"], cwd=ROOT, check=True, timeout=60)


def test_a_script_too_new_for_the_oldest_kiosk_browser_is_named(tmp_path: Path) -> None:
    (tmp_path / "new.js").write_text("let a; a ??= 1;")
    checked = subprocess.run(
        ["node", "scripts/old-browser.mjs", str(tmp_path)],
        cwd=ROOT,
        check=False,
        timeout=60,
        capture_output=True,
        text=True,
    )
    assert checked.returncode == 1
    assert "new.js" in checked.stderr
