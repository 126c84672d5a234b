"""Plugins that leak exceptions, leave, hang, spin, or crash at import: their host goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.breaking import lasting
from tests.faults.moody_plugins import install
from tests.faults.trial import Strike, Trials, trials
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import ROOT

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
_HANDLER_SECONDS = "10"
_HANGS_SECONDS = 20
_LOOP_DEAD_SECONDS = "5"


@pytest.fixture(scope="module")
def mood(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that says how the plugin feels."""
    return tmp_path_factory.mktemp("plugins") / "mood"


@pytest.fixture(scope="module")
def city(mood: Path) -> Iterator[Trials]:
    install(mood.parent / "site")
    path = os.pathsep.join([str(mood.parent / "site"), str(ROOT)])
    surroundings = {"PYTHONPATH": path, "DIAOXUN_MOOD": str(mood), "DIAOXUN_HANDLER_SECONDS": _HANDLER_SECONDS}
    surroundings["DIAOXUN_LOOP_DEAD_SECONDS"] = _LOOP_DEAD_SECONDS
    with trials(waves=4, **surroundings) as made:  # the rule that crashes at import is there in all of them
        assert made.city.services["enrollment"].checks()["plugins"]["measures"]["failed"] == 1
        yield made


@pytest.mark.parametrize("how", ["leaks", "leaves"])
def test_a_rule_that_leaks_or_leaves_is_left_to_a_person(city: Trials, mood: Path, how: str) -> None:
    def bad(strike: Strike) -> None:
        strike.reach("nominating")
        mood.write_text(how)
        strike.reach("teaching")
        mood.unlink()

    assert city.hold(f"a rule that {how}", bad).restarts == 0


def test_a_rule_that_hangs_holds_its_own_roster_up_and_nothing_else(city: Trials, mood: Path) -> None:
    def bad(strike: Strike) -> None:
        strike.reach("nominating")
        mood.write_text("hangs")
        lasting(_HANGS_SECONDS)
        mood.unlink()
        strike.recover()

    assert city.hold("a rule that hangs for a while", bad).restarts == 0


def test_a_rule_that_spins_ends_its_process_which_goes_on_when_it_is_mended(city: Trials, mood: Path) -> None:
    def bad(strike: Strike) -> None:
        strike.reach("nominating")
        mood.write_text("spins")
        wait_until(lambda: strike.city.keeper.restarts.get("enrollment", 0) > before, 60, "the process ends itself")
        mood.unlink()
        strike.recover()

    before = city.city.keeper.restarts.get("enrollment", 0)
    assert 1 <= city.hold("a rule that spins for a while", bad).restarts <= 3
