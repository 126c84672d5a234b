from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from deploy.local.main_line import SAMPLE

UNITS = ("jiangcheng.donghu", "jiangcheng.xichuan", "jiangcheng.finance")


@pytest.fixture(scope="session")
def small_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample city with three of its units: the whole plan, a sixth of the people."""
    folder = tmp_path_factory.mktemp("sample")
    facts = json.loads((SAMPLE / "city.json").read_text(encoding="utf-8"))
    facts["units"] = [unit for unit in facts["units"] if unit["unit_id"] in UNITS]
    facts["quotas"] = [row for row in facts["quotas"] if row["unit_id"] in UNITS]
    facts["rosters"] = {unit_id: name for unit_id, name in facts["rosters"].items() if unit_id in UNITS}
    (folder / "city.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
    shutil.copy(SAMPLE / "notice-2020.txt", folder)
    (folder / "rosters").mkdir()
    for name in facts["rosters"].values():
        shutil.copy(SAMPLE / "rosters" / name, folder / "rosters")
    return folder


def run(var: Path, sample: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.local", "--once", "--port", "0", "--sample", str(sample), *options],
        env={**os.environ, "DIAOXUN_VAR": str(var)},
        capture_output=True,
        text=True,
        timeout=290,
        check=False,
    )


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stack") / "var"


@pytest.fixture(scope="session")
def first(var: Path, small_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path]:
    """The whole year on the small sample: its summary, and where it was left."""
    out = tmp_path_factory.mktemp("first")
    done = run(var, small_sample, "--out", str(out))
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads((out / "summary.json").read_text()), out
