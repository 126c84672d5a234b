"""``diaoxun plan read`` as somebody at a shell sees it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.unit.scheduling.test_notice_real import open_notice


def read(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from deploy.cli.app import main; main()", "plan", "read", *arguments]
    return subprocess.run(command, capture_output=True, timeout=120, check=False, env={"PATH": "", **environment})


def test_the_draft_goes_to_standard_output_and_nothing_else_does(tmp_path: Path) -> None:
    notice = tmp_path / "通知.txt"
    notice.write_bytes(open_notice().encode("gbk"))
    done = read(str(notice), LC_ALL="C")
    assert (done.returncode, done.stderr) == (0, b"")
    draft = json.loads(done.stdout.decode("utf-8"))
    assert [each["terms"] for each in draft["programmes"]] == [None] * 4


def test_what_stays_unread_goes_to_standard_error_with_its_line(tmp_path: Path) -> None:
    notice = tmp_path / "notice.txt"
    notice.write_text(open_notice().replace("举办X期", "举办若干期", 1), encoding="utf-8")
    done = read(str(notice), PYTHONIOENCODING="utf-8")
    assert done.returncode == 0
    said = done.stderr.decode("utf-8")
    assert "第6行 / line 6" in said
    assert "期数没有写成可以识别的整数" in said
    assert len(json.loads(done.stdout)["programmes"]) == 4


def test_what_is_no_notice_ends_with_status_2_and_a_reason(tmp_path: Path) -> None:
    for name, content in {
        "a.txt": b"%PDF-1.7",
        "b.txt": open_notice().encode("big5", "ignore"),
        "c.docx": b"x",
    }.items():
        (tmp_path / name).write_bytes(content)
        done = read(str(tmp_path / name), PYTHONIOENCODING="utf-8")
        assert (done.returncode, done.stdout) == (2, b"")
        assert name in done.stderr.decode("utf-8")
        assert b"Traceback" not in done.stderr
    missing = read(str(tmp_path / "missing.txt"), PYTHONIOENCODING="utf-8")
    assert (missing.returncode, missing.stdout) == (2, b"")
    assert "无法读取文件" in missing.stderr.decode("utf-8")
    assert read(str(tmp_path)).returncode == 2
