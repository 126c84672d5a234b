"""A third party's plugin, built and installed from its own distribution, as its author and its city would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "tests" / "plugins" / "diaoxun_age_limit"
_USE = """
import json, sys
from datetime import date
from services.enrollment.domain.eligibility import NominationFacts, Stage, TermFacts
from shared.policies import Policies
from shared.plugins import PluginSettings, Registry
from pathlib import Path
registry = Registry(PluginSettings(Path(sys.argv[1]))).discover()
plugin = registry.load("age_limit")
day = date(2020, 5, 11)
term = TermFacts("term_1", "programme_1", 1, "专题培训班", 1, day, day)
facts = NominationFacts(Stage.NOMINATION, day, term, "city.donghu", "科长", "", born_on=date(1970, 5, 11))
verdict = registry.guarded_call(plugin, plugin.instance.judge, facts, Policies({}))
print(json.dumps({"distribution": plugin.distribution, "state": plugin.state, "ruling": verdict.ruling,
                  "zh": verdict.reason.zh, "source": verdict.source}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the distribution and a folder it was installed into."""
    place = tmp_path_factory.mktemp("age_limit")
    shutil.copytree(EXAMPLE, place / "source")
    _run(
        [
            sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-index",
            "--no-build-isolation", "--target", str(place / "site"), str(place / "source"),
        ],
        place,
    )  # fmt: skip
    return place


def _run(command: list[str], place: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(place / "site"), str(ROOT)])}
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=place, env=environment, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_is_found_loaded_and_used_through_the_registry(installed: Path) -> None:
    settings = installed / "plugins.json"
    settings.write_text(
        json.dumps({"config": {"eligibility_rules/age_limit": {"oldest": 49, "source": "本市文件"}}}), "utf-8"
    )
    answer = json.loads(_run([sys.executable, "-c", _USE, str(settings)], installed))
    assert answer["distribution"] == "diaoxun-age-limit"
    assert answer["state"] == "started"
    assert answer["ruling"] == "refuse"
    assert "50周岁" in answer["zh"]
    assert answer["source"] == "本市文件"


def test_its_author_gets_the_conformance_tests_by_subclassing(installed: Path) -> None:
    said = _run(
        [
            sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-v", "--rootdir", str(installed),
            str(installed / "source" / "tests"),
        ],
        installed,
    )  # fmt: skip
    assert "test_its_manifest_is_light PASSED" in said
    assert "test_it_survives_odd_configuration PASSED" in said
    assert "test_it_keeps_the_protocol_of_its_kind PASSED" in said
