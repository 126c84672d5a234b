"""The built-in rules: what each says of hours, absence, a report and sanctions; and the kit they all pass."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.compliance.domain.rules import RuleVerdict, Ruling, Stage, TraineeFacts, broken_rule, outcome_of
from services.compliance.limits import policy_table
from services.compliance.plugins.absence_limit import RULE as ABSENCE
from services.compliance.plugins.attendance_share import RULE as SHARE
from services.compliance.plugins.report_passed import RULE as REPORT
from services.compliance.plugins.sanction_ceiling import RULE as SANCTIONS
from services.compliance.rulebook import Rulebook
from shared.plugins import Registry
from shared.plugins.testing import PluginConformance

POLICIES = policy_table().on(date(2020, 5, 22))
FACTS = TraineeFacts(Stage.COMPLETION, 56, 48, 8, 0, 0, checked_in=True, report_passed=True)


class TestLeaveLimit(PluginConformance):
    plugin = "compliance_rules/leave_limit"


class TestAbsenceLimit(PluginConformance):
    plugin = "compliance_rules/absence_limit"


class TestAttendanceShare(PluginConformance):
    plugin = "compliance_rules/attendance_share"


class TestReportPassed(PluginConformance):
    plugin = "compliance_rules/report_passed"


class TestSanctionCeiling(PluginConformance):
    plugin = "compliance_rules/sanction_ceiling"


@pytest.mark.parametrize(("halves", "ruling"), [(0, Ruling.MET), (3, Ruling.MET), (4, Ruling.BROKEN)])
def test_two_days_of_absence_end_a_training(halves: int, ruling: Ruling) -> None:
    verdict = ABSENCE.judge(replace(FACTS, absent_half_days=halves), POLICIES)
    assert verdict.ruling is ruling
    assert (verdict.withdraws == "absence_limit") == (ruling is Ruling.BROKEN)


@pytest.mark.parametrize(("attended", "ruling"), [(48, Ruling.MET), (47, Ruling.BROKEN)])
def test_six_sevenths_attended_are_enough(attended: int, ruling: Ruling) -> None:
    assert SHARE.judge(replace(FACTS, attended_hours=attended), POLICIES).ruling is ruling


def test_without_hours_or_a_grade_the_rules_wait() -> None:
    assert SHARE.judge(replace(FACTS, total_hours=0, attended_hours=0), POLICIES).ruling is Ruling.PENDING
    assert REPORT.judge(replace(FACTS, report_passed=None), POLICIES).ruling is Ruling.PENDING
    assert REPORT.judge(replace(FACTS, report_passed=False), POLICIES).ruling is Ruling.BROKEN
    assert REPORT.judge(replace(FACTS, sanctions=("void_grade",)), POLICIES).ruling is Ruling.BROKEN


@pytest.mark.parametrize(
    ("sanctions", "ruling"),
    [
        ((), Ruling.MET),
        (("admonition", "criticism"), Ruling.MET),
        (("criticism", "void_grade"), Ruling.BROKEN),
        (("unheard_of",), Ruling.BROKEN),
    ],
)
def test_the_gravest_sanction_decides(sanctions: tuple[str, ...], ruling: Ruling) -> None:
    assert SANCTIONS.judge(replace(FACTS, sanctions=sanctions), POLICIES).ruling is ruling


def test_the_rulebook_asks_each_rule_at_its_stage_only() -> None:
    rules = Rulebook(Registry().discover(), POLICIES)
    study = {item.rule for item in rules.judge(replace(FACTS, stage=Stage.STUDY))}
    assert study == {"leave_limit", "absence_limit"}
    verdicts = rules.judge(FACTS)
    assert {item.rule for item in verdicts} > study
    assert outcome_of(verdicts) == "completed"


def test_a_broken_rule_keeps_completion_pending_and_a_broken_limit_ends_it() -> None:
    against = RuleVerdict("absence_limit", ABSENCE.judge(replace(FACTS, absent_half_days=9), POLICIES))
    assert outcome_of([broken_rule("odd")]) == "pending"
    assert outcome_of([broken_rule("odd"), against]) == "not_completed"
