"""What every compliance rule has to hold, built in or from elsewhere; the conformance kit runs it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

from services.compliance.domain.rules import Ruling, Stage, TraineeFacts, Verdict
from shared.plugins import Manifest
from shared.policies import PolicyTable

_DAYS = (date(2020, 5, 11), date(2024, 5, 13))


def check_rule(rule: Any, manifest: Manifest) -> None:
    """Judge many trainees, odd ones too: each verdict has a ruling, a reason in both languages and a source."""
    assert rule.stages, f"{manifest.key} is never asked: name its stages"
    assert set(rule.stages) <= set(Stage), f"{manifest.key} names stages that do not exist: {rule.stages!r}"
    for day in _DAYS:
        policies = PolicyTable.of("services.compliance").on(day)
        for facts in _trainees(sorted(rule.stages)):
            verdict = rule.judge(facts, policies)
            assert isinstance(verdict, Verdict), f"{manifest.key} answered {type(verdict).__name__}, not a Verdict"
            assert isinstance(verdict.ruling, Ruling), f"{manifest.key}: {verdict.ruling!r} is no ruling"
            assert verdict.ruling is not Ruling.FAILED, f"{manifest.key}: only the platform gives the ruling 'failed'"
            assert verdict.reason.zh.strip(), f"{manifest.key} gives no reason in Chinese"
            assert verdict.reason.en.strip(), f"{manifest.key} gives no reason in English"
            assert verdict.source.strip(), f"{manifest.key} does not say where its limit comes from"
            calls = verdict.withdraws is None or verdict.ruling is Ruling.BROKEN
            assert calls, f"{manifest.key} calls for withdrawal without being broken"
            assert rule.judge(facts, policies) == verdict, f"{manifest.key} changes its mind about the same facts"


def _trainees(stages: list[Stage]) -> Iterator[TraineeFacts]:
    chance = random.Random(20200511)  # noqa: S311 - test data, always the same
    for stage in stages:
        yield TraineeFacts(stage, 0, 0, 0, 0, 0, checked_in=False)
        for _ in range(200):
            total = chance.choice([0, 1, 7, 56, 80, 480])
            attended = chance.randint(0, total)
            leave = chance.randint(0, total - attended)
            absent = total - attended - leave
            yield TraineeFacts(
                stage=stage,
                total_hours=total,
                attended_hours=attended,
                leave_hours=leave,
                absent_hours=absent,
                absent_half_days=chance.randint(0, 8) if absent else 0,
                checked_in=chance.random() < 0.9,
                report_passed=chance.choice([None, True, False]),
                sanctions=tuple(chance.sample(["admonition", "criticism", "void_grade", "withdrawal", "odd"], 2))
                if chance.random() < 0.3
                else (),
            )
