"""What commands say is in the language of whoever runs them: Chinese, unless English is asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from command import jiaohao, refusal, write_config

from server.web.i18n import CHINESE, ENGLISH, terminal_language

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({}, CHINESE),
        ({"LANG": "zh_CN.UTF-8"}, CHINESE),
        ({"LANG": "zh_TW"}, CHINESE),
        ({"LANG": "C.UTF-8"}, CHINESE),
        ({"LC_ALL": "POSIX"}, CHINESE),
        ({"LANG": "en_GB.UTF-8"}, ENGLISH),
        ({"LANG": "de_DE.UTF-8"}, ENGLISH),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, ENGLISH),
        ({"LC_MESSAGES": "en_US.UTF-8", "LC_ALL": "zh_CN.UTF-8"}, CHINESE),
        ({"LC_ALL": "", "LANG": "en_US.UTF-8"}, ENGLISH),
        ({"JIAOHAO_LANG": "en", "LC_ALL": "zh_CN.UTF-8"}, ENGLISH),
        ({"JIAOHAO_LANG": "zh", "LC_ALL": "en_US.UTF-8"}, CHINESE),
        # The kernel's own terminal has no Chinese characters.
        ({"TERM": "linux", "LANG": "zh_CN.UTF-8"}, ENGLISH),
        ({"TERM": "linux", "JIAOHAO_LANG": "zh"}, CHINESE),
    ],
)
def test_the_environment_says_which_language(environment: dict[str, str], spoken: str) -> None:
    assert terminal_language(environment) == spoken


def _spoil(settings: dict[str, Any]) -> None:
    settings["windows"][0]["pda"] = 1
    settings["windows"][1]["services"] = ["fishing"]
    settings["hall"]["hours"]["spans"] = ["morning"]
    settings["services"][0]["prefix"] = "O"


@pytest.mark.parametrize("command", ["check-config", "serve"])
def test_mistakes_of_a_configuration_are_told_in_chinese(tmp_path: Path, command: str) -> None:
    config = write_config(tmp_path, _spoil)
    where = [str(config)] if command == "check-config" else ["--config", str(config)]
    done = jiaohao(command, *where, JIAOHAO_LANG="", LANG="zh_CN.UTF-8", TERM="")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        f"{config}: hall.hours.spans: 'morning' 不是时段，应写成 08:00-12:00 这样",
        f"{config}: services.0.prefix: 写法不对，应符合 ^[A-HJ-NP-Z]$",
        f"{config}: windows.0.pda: 没有这项设置，名称是否写错？",
        f"{config}: windows.1.services.0: 没有 'fishing'",
    ]


def test_a_sound_configuration_is_told_in_chinese(tmp_path: Path) -> None:
    config = write_config(tmp_path)
    done = jiaohao("--lang", "zh", "check-config", str(config))
    assert done.stdout.splitlines()[-1] == f"{config}: 青禾镇便民服务中心，8 项业务，6 个窗口，配置无误"


def test_what_the_system_says_is_told_in_chinese(tmp_path: Path) -> None:
    file = tmp_path / "absent.yaml"
    assert refusal("serve", "--config", str(file), JIAOHAO_LANG="zh") == f"{file}: （整个文件）: 没有这个文件或文件夹"


def test_yaml_that_cannot_be_read_is_told_by_line_and_without_quoting_it(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("hall:\n  database: [geheim\n", encoding="utf-8")
    line = refusal("check-config", str(file), JIAOHAO_LANG="zh")
    assert line.startswith(f"{file}: （整个文件）: 不是正确的 YAML，第 3 行第 1 列有误")
    assert "geheim" not in line


def test_help_is_in_the_language_that_is_asked_for() -> None:
    chinese = jiaohao("device", "probe", "pad", "--help", JIAOHAO_LANG="zh").stdout
    assert "请先停止服务：一条线路只能由一个程序打开。" in chinese
    assert "装在几号窗口。" in chinese
    assert "显示本帮助。" in chinese
    english = jiaohao("--lang", "en", "device", "probe", "pad", "--help", JIAOHAO_LANG="zh").stdout
    assert "Stop the server first: a line is open once." in english
    assert HAN.search(english) is None


def test_a_wrong_option_is_refused_in_chinese() -> None:
    done = jiaohao("device", "add", "--kiind", "kiosk", JIAOHAO_LANG="zh")
    assert done.returncode == 2
    assert "错误：没有选项 '--kiind'。" in done.stderr
