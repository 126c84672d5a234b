"""Every figure of RabbitMQ's that an alarm or the dashboard speaks of is on a path that Prometheus is told to read."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path

import kombu
import yaml

from tests.fixtures.broker import BrokerNode, free_port, wait_until

FOLDER = Path(__file__).parents[3] / "deploy" / "monitoring"
JOBS = [
    job
    for job in yaml.safe_load((FOLDER / "prometheus.yml").read_text("utf-8"))["scrape_configs"]
    if job.get("static_configs") == [{"targets": ["rabbitmq:15692"]}]
]


def spoken_of() -> set[str]:
    files = [FOLDER / name for name in ("rules.yml", "rules-host.yml", "dashboard.json")]
    return {name for file in files for name in re.findall(r"\brabbitmq_\w+", file.read_text("utf-8"))}


def scraped(port: int) -> set[str]:
    names: set[str] = set()
    for job in JOBS:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{job['metrics_path']}", timeout=20) as answer:
            found = set(re.findall(r"^(\w+)", answer.read().decode(), re.MULTILINE))
        for rule in job.get("metric_relabel_configs", ()):
            assert (rule["source_labels"], rule["action"]) == (["__name__"], "keep")
            found = {name for name in found if re.fullmatch(rule["regex"], name)}
        names |= found
    return names


def test_what_alarms_and_dashboard_say_of_the_broker_is_read_from_it(late_node: BrokerNode) -> None:
    port = free_port()
    (late_node.folder / "enabled_plugins").write_text("[rabbitmq_prometheus].\n")
    with (late_node.folder / "rabbitmq.conf").open("a") as settings:
        settings.write(f"prometheus.tcp.ip = 127.0.0.1\nprometheus.tcp.port = {port}\n")
    late_node.start()
    with kombu.Connection(late_node.uri) as connection:
        connection.default_channel.queue_declare("scheduling.events.unroutable.q1", durable=True, auto_delete=False)
    wait_until(lambda: "rabbitmq_queue_messages" in scraped(port), 60, "the broker has counted its queues")
    assert len(spoken_of()) > 3
    assert spoken_of() - scraped(port) == set()
