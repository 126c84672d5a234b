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
RULES = [
    rule
    for file in ("rules.yml", "rules-host.yml")
    for rule in yaml.safe_load((FOLDER / file).read_text("utf-8"))["groups"][0]["rules"]
]
COMPOSE = yaml.safe_load((FOLDER.parents[1] / "docker-compose.yml").read_text("utf-8"))["services"]
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
    promtool("check", "rules", "rules.yml", "rules-host.yml")
    promtool("test", "rules", "rules.test.yml")
    tried = set(re.findall(r"alertname: (\w+)", (FOLDER / "rules.test.yml").read_text("utf-8")))
    assert tried == {rule["alert"] for rule in RULES}


def test_what_is_scraped_is_a_valid_configuration() -> None:
    promtool("check", "config", "prometheus.yml")


def test_every_container_of_ours_that_has_measures_is_scraped_over_a_network_and_missed_when_it_is_gone() -> None:
    told = yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))
    ours, broker, alarms = told["scrape_configs"]
    named = {(name, each["port"]) for each in ours["dns_sd_configs"] for name in each["names"]}
    lasting = {name for name, each in COMPOSE.items() if each.get("image", "").startswith("diaoxun/")}
    assert {name for name, _ in named} == lasting - {"prepare", "front", "watch", "mail"}
    assert dict(named)["gateway"] == 8000
    assert broker["static_configs"] == alarms["static_configs"] == [{"targets": ["rabbitmq:15692"]}]
    assert not re.fullmatch("diaoxun.*", alarms["job_name"]), "one broker that is down is one alarm"
    for name in [name for name, _ in named] + ["rabbitmq"]:
        assert "inside" in COMPOSE[name]["networks"]
    assert "inside" in COMPOSE["watch"]["networks"]
    [missing] = [rule["expr"] for rule in RULES if rule["alert"] == "ServiceMissing"]
    assert set(re.findall(r'"diaoxun-(\w+)"', missing)) == {name for name, _ in named}


def test_the_same_is_read_of_the_broker_in_kubernetes() -> None:
    told = yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))
    here = [
        (job["metrics_path"], [each["regex"] for each in job.get("metric_relabel_configs", ())])
        for job in told["scrape_configs"]
        if "static_configs" in job
    ]
    file = FOLDER.parent / "kubernetes" / "components" / "monitoring" / "podmonitors.yaml"
    [broker] = [each for each in yaml.safe_load_all(file.read_text("utf-8")) if each["metadata"]["name"] == "broker"]
    endpoints = broker["spec"]["podMetricsEndpoints"]
    assert [(each["path"], [rule["regex"] for rule in each.get("metricRelabelings", ())]) for each in endpoints] == here
    jobs = [rule["replacement"] for each in endpoints for rule in each.get("relabelings", ())]
    assert jobs == [job["job_name"] for job in told["scrape_configs"] if "metric_relabel_configs" in job]


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
