"""``python -m tests.bench.load [--seconds 300] [--rate 40] [--out DIR]``: steady load, then too much, then recovery.

Steady: memory, latency and queues over time, drawn to ``load.png``. Too much: first many callers at once, then one
caller far above its rate; whoever is refused has to learn so quickly and when to come back. 1 when a promise is missed.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

from tests.bench.load.callers import Answer, flood, steady
from tests.bench.load.city import LoadedCity, loaded_city
from tests.bench.load.drawing import Chart, draw
from tests.bench.load.watching import Sample, Watch

CALLERS, FLOOD, FLOOD_SECONDS = 40, 64, 20.0
RECOVERY_SECONDS, RECOVERED_AFTER = 30.0, 15.0
WINDOW = 5.0
REFUSALS = (429, 503)
GROWTH, REFUSED_WITHIN, RECOVERED = 1.1, 1500.0, 3.0
STORE_CACHE = 256  # the store keeps what it has read and written, up to its cache (`tests/fixtures/store.py`)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.load", description=__doc__)
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--rate", type=float, default=40.0)
    parser.add_argument("--out", type=Path, default=Path("var/bench-load"))
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="diaoxun-load-") as folder, loaded_city(Path(folder), CALLERS) as loaded:
        steady(loaded, given.rate, 20, lambda _: None)  # warm: caches filled, modules imported
        phases, samples = _phases(loaded, given.rate, given.seconds)
    began = samples[0].at
    _draw(phases, samples, began, given.out / "load.png")
    figures = _figures(phases, samples)
    (given.out / "load.json").write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    print(json.dumps(figures, indent=1, ensure_ascii=False))
    missed = _missed(figures)
    print("\n".join(missed) or f"every promise held; see {given.out / 'load.png'}")
    return int(bool(missed))


def _phases(loaded: LoadedCity, rate: float, seconds: float) -> tuple[dict[str, list[Answer]], list[Sample]]:
    phases: dict[str, list[Answer]] = {}
    recovery = partial(steady, loaded, rate, RECOVERY_SECONDS)
    with Watch(loaded) as watch:
        time.sleep(0.5)
        for name, work in (
            ("steady", partial(steady, loaded, rate, seconds)),
            ("many callers", partial(flood, loaded, FLOOD, FLOOD_SECONDS, loaded.keys)),
            ("after many callers", recovery),
            ("one caller", partial(flood, loaded, FLOOD, FLOOD_SECONDS, loaded.keys[:1])),
            ("after one caller", recovery),
        ):
            print(f"{name} …", file=sys.stderr, flush=True)
            phases[name] = []
            work(keep=phases[name].append)
    return phases, watch.samples


def _figures(phases: dict[str, list[Answer]], samples: list[Sample]) -> dict[str, Any]:
    told = {name: _summary(answers) for name, answers in phases.items()}
    for name in [name for name in phases if name.startswith("after ")]:
        begun = min(each.due for each in phases[name])
        late = [each for each in phases[name] if each.due > begun + RECOVERED_AFTER]
        told[f"{RECOVERED_AFTER:.0f} s {name}"] = _summary(late)
    until = max(answer.came for answer in phases["steady"])
    steadily = [sample for sample in samples if sample.at <= until]
    third = len(steadily) // 3
    memory = {
        name: [
            round(statistics.median(each.memory[name] for each in part))
            for part in (steadily[:third], steadily[-third:])
        ]
        for name in steadily[0].memory
    }
    waiting = {"most": max(each.waiting for each in steadily), "end": steadily[-1].waiting, "last": samples[-1].waiting}
    return {"phases": told, "memory_mib_first_and_last_third": memory, "messages_waiting": waiting}


def _summary(answers: list[Answer]) -> dict[str, Any]:
    served = [each for each in answers if each.status < 300]
    refused = [each for each in answers if each.status in REFUSALS]
    seconds = max(each.came for each in answers) - min(each.due for each in answers)
    return {
        "statuses": dict(sorted(Counter(each.status for each in answers).items())),
        "served_a_second": round(len(served) / seconds, 1),
        "served_ms": _cuts(served),
        "refused_ms": _cuts(refused),
        "refused_without_retry_after": sum(each.retry_after is None for each in refused),
    }


def _cuts(answers: list[Answer]) -> dict[str, float]:
    if len(answers) < 2:
        return {}
    cuts = statistics.quantiles([each.milliseconds for each in answers], n=100)
    return {name: round(cuts[place], 1) for name, place in (("p50", 49), ("p95", 94), ("p99", 98))}


def _missed(figures: dict[str, Any]) -> list[str]:
    phases, missed = figures["phases"], []
    unserved = {status: count for status, count in phases["steady"]["statuses"].items() if status >= 300}
    if unserved:
        missed.append(f"not every steady request was served: {unserved}")
    for name, (first, last) in figures["memory_mib_first_and_last_third"].items():
        most = STORE_CACHE if name == "store" else first * GROWTH
        if last > most:
            missed.append(f"{name} grew from {first} to {last} MiB")
    for name, status in (("many callers", 503), ("one caller", 429)):
        phase = phases[name]
        if not phase["statuses"].get(status) or phase["refused_without_retry_after"]:
            missed.append(f"{name}: no {status}, or one without Retry-After: {phase}")
        elif phase["refused_ms"]["p99"] > REFUSED_WITHIN:
            missed.append(f"{name}: refused only after {phase['refused_ms']['p99']} ms")
        others = set(phase["statuses"]) - {200, 201, 202, 409, 429, 503}
        if others:
            missed.append(f"{name}: answers of another kind: {phase['statuses']}")
        after = phases[f"{RECOVERED_AFTER:.0f} s after {name}"]
        if after["served_ms"]["p50"] > RECOVERED * phases["steady"]["served_ms"]["p50"]:
            missed.append(f"after {name}: p50 {after['served_ms']['p50']} ms, it has not recovered")
    if figures["messages_waiting"]["last"]:
        missed.append(f"messages still wait: {figures['messages_waiting']}")
    return missed


def _draw(phases: dict[str, list[Answer]], samples: list[Sample], began: float, out: Path) -> None:
    marks = [(min(each.due for each in answers) - began, name) for name, answers in phases.items()]
    every = sorted((each for answers in phases.values() for each in answers), key=lambda each: each.came)
    windows: dict[int, list[Answer]] = {}
    for each in every:
        windows.setdefault(int((each.came - began) / WINDOW), []).append(each)
    latency: dict[str, list[tuple[float, float]]] = {"p50": [], "p95": [], "p99": []}
    rates: dict[str, list[tuple[float, float]]] = {"served": [], "refused": []}
    for number, answers in sorted(windows.items()):
        at = (number + 0.5) * WINDOW
        for name, value in _cuts([each for each in answers if each.status < 300]).items():
            latency[name].append((at, value))
        refused = sum(each.status in REFUSALS for each in answers)
        rates["served"].append((at, (len(answers) - refused) / WINDOW))
        rates["refused"].append((at, refused / WINDOW))
    memory = {name: [(each.at - began, each.memory[name]) for each in samples] for name in samples[0].memory}
    waiting = {"messages": [(each.at - began, float(each.waiting)) for each in samples]}
    charts = [
        Chart("Latency of served requests, ms", latency),
        Chart("Requests a second", rates),
        Chart("Resident memory, MiB", memory),
        Chart("Messages waiting in all queues", waiting),
    ]
    draw(charts, marks, out)


if __name__ == "__main__":
    sys.exit(main())
