"""The built-in rules: verdicts on the edge, with reason and source."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from importlib import import_module

import pytest

from services.enrollment.domain.eligibility import (
    Engagement,
    HoursFacts,
    NominationFacts,
    QuotaFacts,
    Ruling,
    Stage,
    TermFacts,
    Verdict,
    broken_rule,
    outcome_of,
)
from services.enrollment.domain.wording import Sentence
from services.enrollment.limits import policy_table
from services.enrollment.rulebook import Rulebook
from shared.plugins import Registry
from shared.plugins.testing import PluginConformance
from shared.policies import Policy, PolicyTable

DAY = date(2020, 5, 11)
TERM = TermFacts("term_1", "programme_1", 1, "加强党的政治建设专题培训班", 1, DAY, DAY + timedelta(days=4))
ALL = frozenset({"job_tied_to_theme", "has_potential", "in_good_health"})
FACTS = NominationFacts(Stage.NOMINATION, date(2020, 4, 1), TERM, "city.donghu", "科长", "一级主任科员")


def ask(rule: str, **changes: object) -> Verdict:
    facts = dataclasses.replace(FACTS, **changes)  # type: ignore[arg-type]
    verdict: Verdict = import_module(f"services.enrollment.plugins.{rule}").RULE.judge(
        facts, policy_table().on(facts.today)
    )
    assert verdict.source
    return verdict


def elsewhere(first: date, days: int = 5, admitted: bool = False, **changes: object) -> tuple[Engagement, ...]:
    other = TermFacts(
        "term_9", "programme_9", 9, "实施健康中国战略专题培训班", 1, first, first + timedelta(days=days - 1)
    )
    return (Engagement("nom_9", dataclasses.replace(other, **changes), admitted),)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "ruling"),
    [
        (DAY - timedelta(days=4), Ruling.REFUSE),  # its last day is our first
        (DAY - timedelta(days=5), Ruling.PASS),
        (DAY + timedelta(days=4), Ruling.REFUSE),
        (DAY + timedelta(days=5), Ruling.PASS),
    ],
)
def test_one_shared_day_is_an_overlap(first: date, ruling: Ruling) -> None:
    assert ask("overlapping_terms", others=elsewhere(first)).ruling is ruling


@pytest.mark.parametrize(("days", "ruling"), [(730, Ruling.WARN), (731, Ruling.PASS), (-730, Ruling.WARN)])
def test_the_same_theme_is_a_warning_within_the_window(days: int, ruling: Ruling) -> None:
    others = elsewhere(DAY + timedelta(days=days), programme_title=TERM.programme_title)
    assert ask("same_theme", others=others).ruling is ruling
    assert ask("same_theme", others=elsewhere(DAY + timedelta(days=days))).ruling is Ruling.PASS


@pytest.mark.parametrize(
    ("earned", "days", "required_days", "ruling"),
    [
        (89, 11, 12, Ruling.PASS),
        (90, 11, 12, Ruling.WARN),
        (60, 12, 12, Ruling.WARN),  # by days
        (60, 99, None, Ruling.PASS),  # where only hours are asked, days do not help
    ],
)
def test_who_has_the_hours_already_is_a_warning(
    earned: int, days: int, required_days: int | None, ruling: Ruling
) -> None:
    hours = HoursFacts(earned, 90, "2020年度", "2020", "条例", days, required_days)
    assert ask("hours_gap", hours=hours).ruling is ruling


def test_the_hours_missing_are_said_and_no_record_counts_as_missing() -> None:
    verdict = ask("hours_gap", hours=HoursFacts(40, 90, "2020年度", "2020", "条例", 5, 12))
    assert "还差50学时" in verdict.reason.zh
    assert verdict.source == "条例"
    assert ask("hours_gap", hours=None).ruling is Ruling.PASS


def test_attestations_are_pending_first_and_required_later() -> None:
    assert ask("attestations_complete").ruling is Ruling.PENDING
    assert ask("attestations_complete", stage=Stage.REVIEW, attested=ALL).ruling is Ruling.PASS
    verdict = ask("attestations_complete", stage=Stage.ADMISSION, attested=ALL - {"in_good_health"})
    assert verdict.ruling is Ruling.REFUSE
    assert "身体健康" in verdict.reason.zh


def test_the_nomination_above_the_quota_is_warned_of_and_refused_a_seat() -> None:
    assert ask("unit_quota", quota=QuotaFacts(3, 2, 0)).ruling is Ruling.PASS
    assert ask("unit_quota", quota=QuotaFacts(3, 3, 0)).ruling is Ruling.WARN
    assert ask("unit_quota", quota=QuotaFacts(3, 9, 2), stage=Stage.ADMISSION).ruling is Ruling.PASS
    assert ask("unit_quota", quota=QuotaFacts(3, 9, 3), stage=Stage.ADMISSION).ruling is Ruling.REFUSE
    assert ask("unit_quota", quota=QuotaFacts(None, 0, 0)).ruling is Ruling.WARN


def test_the_other_rules_judge_what_they_are_for() -> None:
    assert ask("duplicate_nomination").ruling is Ruling.PASS
    assert ask("duplicate_nomination", others=(Engagement("nom_9", TERM, False),)).ruling is Ruling.REFUSE
    assert ask("valid_identity").ruling is Ruling.PASS
    assert ask("valid_identity", id_warnings=(Sentence("某", "x"),)).ruling is Ruling.WARN
    assert ask("valid_identity", id_problem=Sentence("某", "x")).ruling is Ruling.REFUSE
    assert ask("post_and_rank").ruling is Ruling.PASS
    assert "职级" in ask("post_and_rank", rank="").reason.zh
    assert ask("term_still_open", today=DAY - timedelta(days=1)).ruling is Ruling.PASS
    assert ask("term_still_open", today=DAY).ruling is Ruling.WARN
    assert ask("term_still_open", today=TERM.ends_on).ruling is Ruling.WARN
    assert ask("term_still_open", today=TERM.ends_on + timedelta(days=1)).ruling is Ruling.REFUSE


def test_a_broken_rule_leaves_the_decision_to_a_person() -> None:
    registry = Registry().discover()
    rules = Rulebook(registry, policy_table().on(FACTS.today))

    class Broken:
        def judge(self, facts: object, policies: object) -> Verdict:
            raise SystemExit("a rule must not end the service")

    broken = registry.get("eligibility_rules/post_and_rank")
    broken.instance = Broken()
    for _ in range(20):
        verdicts = {item.rule: item.verdict for item in rules.judge(FACTS)}
        assert verdicts["post_and_rank"].ruling is Ruling.FAILED
        assert "人工" in verdicts["post_and_rank"].reason.zh
        assert verdicts["overlapping_terms"].ruling is Ruling.PASS
    assert broken.crashes == 5, "a rule that breaks again and again is not asked any more"
    assert outcome_of([broken_rule("x")]) == "warned"


def test_a_limit_holds_on_its_days_only() -> None:
    def row(value: int, first: date, last: date | None) -> Policy:
        return Policy("k", value, first, last, "source", "design")

    table = PolicyTable([row(5, date(2020, 1, 1), date(2020, 6, 30)), row(7, date(2020, 7, 1), None)])
    assert table.on(date(2020, 6, 30)).number("k") == 5
    assert table.on(date(2020, 7, 1)).number("k") == 7
    with pytest.raises(KeyError):
        table.on(date(2019, 12, 31))["k"]


class TestOverlappingTerms(PluginConformance):
    plugin = "eligibility_rules/overlapping_terms"


class TestUnitQuota(PluginConformance):
    plugin = "eligibility_rules/unit_quota"


class TestSameTheme(PluginConformance):
    plugin = "eligibility_rules/same_theme"
