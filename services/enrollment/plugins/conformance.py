"""What every eligibility rule has to hold, built in or from elsewhere; the conformance kit runs it."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

from services.enrollment.domain.conditions import Conditions
from services.enrollment.domain.eligibility import (
    Engagement,
    HeadFacts,
    HoursFacts,
    NominationFacts,
    QuotaFacts,
    Ruling,
    Stage,
    TermFacts,
    Verdict,
)
from services.enrollment.domain.wording import Sentence
from shared.plugins import Manifest
from shared.policies import PolicyTable

_DAY = date(2020, 5, 11)


def check_rule(rule: Any, manifest: Manifest) -> None:
    """Judge many nominations, odd ones too: each verdict has a ruling, a reason in both languages and a source."""
    text = files("services.enrollment").joinpath("policies.json").read_text("utf-8")
    table = PolicyTable.from_plain(json.loads(text))
    for facts in _nominations():
        policies = table.on(facts.today)
        verdict = rule.judge(facts, policies)
        assert isinstance(verdict, Verdict), f"{manifest.key} answered {type(verdict).__name__}, not a Verdict"
        assert isinstance(verdict.ruling, Ruling), f"{manifest.key}: {verdict.ruling!r} is no ruling"
        assert verdict.ruling is not Ruling.FAILED, f"{manifest.key}: only the platform gives the ruling 'failed'"
        assert verdict.reason.zh.strip(), f"{manifest.key} gives no reason in Chinese"
        assert verdict.reason.en.strip(), f"{manifest.key} gives no reason in English"
        assert verdict.source.strip(), f"{manifest.key} does not say where its limit comes from"
        assert rule.judge(facts, policies) == verdict, f"{manifest.key} changes its mind about the same facts"


def _nominations() -> Iterator[NominationFacts]:
    term = TermFacts("term_1", "programme_1", 1, "专题培训班", 1, _DAY, _DAY + timedelta(days=4))
    plain = NominationFacts(Stage.NOMINATION, _DAY - timedelta(days=30), term, "city.donghu", "科长", "一级主任科员")
    yield plain
    chance = random.Random(20200511)  # noqa: S311 - test data, always the same
    for number in range(200):
        shift = timedelta(days=chance.randint(-400, 400))
        other = dataclasses.replace(term, term_id=f"term_{number + 2}", starts_on=_DAY + shift, ends_on=_DAY + shift)
        yield dataclasses.replace(
            plain,
            stage=chance.choice(list(Stage)),
            today=_DAY - timedelta(days=chance.randint(-10, 90)),
            post=chance.choice(["", "局长", "　", "x" * 500]),
            rank=chance.choice(["", "四级调研员", "不详"]),
            sex=chance.choice([None, "female", "male"]),
            born_on=chance.choice([None, date(1900, 1, 1), date(1976, 2, 29), date(2019, 12, 31)]),
            attested=frozenset(chance.sample(["politics", "health", "post", "conduct"], chance.randint(0, 4))),
            others=(Engagement("nomination_9", other, chance.random() < 0.5),) if chance.random() < 0.5 else (),
            quota=QuotaFacts(chance.choice([None, 0, 1, 40]), chance.randint(0, 50), chance.randint(0, 50)),
            heads=HeadFacts(chance.randint(0, 9), chance.randint(0, 9)),
            conditions=chance.choice([None, Conditions("xiangke", "tingju", ("经济",), 3, None, "测试"), Conditions()]),
            closes_on=chance.choice([None, _DAY - timedelta(days=30), _DAY]),
            hours=chance.choice([None, HoursFacts(chance.randint(0, 200), 90, "2020年", "2020", "测试")]),
            id_problem=Sentence("校验码不符", "the check character is wrong") if chance.random() < 0.2 else None,
        )
