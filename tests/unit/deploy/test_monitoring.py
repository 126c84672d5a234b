"""The alarms ring when they should, and neither they nor the dashboard speak of a metric that nobody measures."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import yaml
from prometheus_client import CollectorRegistry

from gateway.http.measures import Measures
from shared.observability import metrics

FOLDER = Path(__file__).parents[3] / "deploy" / "monitoring"
RULES = yaml.safe_load((FOLDER / "rules.yml").read_text("utf-8"))["groups"][0]["rules"]
DASHBOARD = json.loads((FOLDER / "dashboard.json").read_text("utf-8"))


def measured() -> set[str]:
    registries: list[CollectorRegistry] = [metrics.REGISTRY, Measures().registry]
    names: set[str] = set()
    for registry in registries:
        for family in registry.collect():
            names |= {family.name, *(f"{family.name}_{end}" for end in ("total", "bucket", "count", "sum"))}
    return names


def promtool(*arguments: str) -> None:
    done = subprocess.run(["promtool", *arguments], cwd=FOLDER, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alarm_rings_when_it_should_and_is_silent_otherwise() -> None:
    promtool("check", "rules", "rules.yml")
    promtool("test", "rules", "rules.test.yml")
    tried = set(re.findall(r"alertname: (\w+)", (FOLDER / "rules.test.yml").read_text("utf-8")))
    assert tried == {rule["alert"] for rule in RULES}


def test_what_is_scraped_is_a_valid_configuration() -> None:
    promtool("check", "config", "prometheus.yml")


def test_alarms_and_dashboard_speak_of_metrics_that_are_measured() -> None:
    spoken = "\n".join(
        [rule["expr"] for rule in RULES] + [t["expr"] for p in DASHBOARD["panels"] for t in p["targets"]]
    )
    ours = set(re.findall(r"\bdiaoxun_\w+", spoken))
    assert len(ours) > 10
    assert not ours - measured()


def test_an_alarm_says_in_both_languages_what_is_wrong_and_how_urgent_it_is() -> None:
    for rule in RULES:
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert re.search(r"[\u4e00-\u9fff].* / .*[a-z]", rule["annotations"]["summary"]), rule["alert"]
