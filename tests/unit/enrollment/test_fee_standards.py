"""Fee standards: figures on their edges, each with its source, and the rules in which cities differ."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from importlib import import_module
from importlib.resources import files
from typing import Any

import pytest

from services.enrollment.domain.eligibility import Ruling
from services.enrollment.domain.fee_standard import CourseCosts, Stay, Taught
from services.enrollment.domain.fee_table_standard import TableStandard
from services.enrollment.domain.wording import Refusal
from services.enrollment.fee_standards import FeeStandards
from shared.plugins import PluginFailed, PluginMissing, Registry
from shared.plugins.testing import PluginConformance

DAY = date(2020, 5, 11)


def shipped(name: str) -> list[dict[str, Any]]:
    text = files("services.enrollment.plugins.fee_standards").joinpath(f"{name}.json").read_text("utf-8")
    rows: list[dict[str, Any]] = json.loads(text)
    return rows


def standard(name: str) -> TableStandard:
    return TableStandard(shipped(name))


def fen(name: str, fee_class: str, days: int, arrival: int = 0, departure: int = 0, on: date = DAY) -> int:
    return standard(name).charge(Stay(on, fee_class, days, arrival, departure)).amount_fen


def test_thirty_five_days_of_class_three_are_18425_yuan() -> None:
    charge = standard("central").charge(Stay(DAY, "three", 35))
    assert charge.amount_fen == 18_425_00
    assert charge.citation.document == "财行〔2016〕540号"
    assert charge.citation.basis == "source"
    assert "超过30天的5天×550.00元×70%＝1,925.00元" in charge.reasons[-1].zh


@pytest.mark.parametrize(
    ("days", "amount"), [(1, 550_00), (30, 16_500_00), (31, 16_885_00), (60, 30 * 550_00 + 30 * 385_00)]
)
def test_the_day_after_the_thirtieth_costs_seventy_percent(days: int, amount: int) -> None:
    assert fen("central", "three", days) == amount


@pytest.mark.parametrize(("fee_class", "rate"), [("one", 760), ("two", 650), ("three", 550)])
def test_each_class_has_its_rate(fee_class: str, rate: int) -> None:
    assert fen("central", fee_class, 5) == 5 * rate * 100


def test_arrival_and_departure_count_one_day_each_or_one_together() -> None:
    assert fen("central", "three", 5, 1, 1) == 7 * 550_00
    assert fen("central", "three", 5, 3, 2) == 7 * 550_00, "each counts at most once"
    assert fen("jiaozuo", "all", 5, 1, 1) == 6 * 260_00, "together at most one day"
    assert fen("jiaozuo", "all", 5, 0, 1) == 6 * 260_00


def test_a_step_may_fall_on_the_day_of_departure() -> None:
    assert fen("central", "three", 30, 0, 1) == 30 * 550_00 + 385_00


@pytest.mark.parametrize(
    ("days", "amount"),
    [(15, 15 * 400), (16, 15 * 400 + 320), (30, 15 * 400 + 15 * 320), (31, 15 * 400 + 15 * 320 + 280)],
)
def test_a_local_standard_steps_down_twice(days: int, amount: int) -> None:
    assert fen("jinan_2014", "all", days) == amount * 100


def test_the_edition_of_the_first_day_counts() -> None:
    assert fen("central", "three", 5, on=date(2016, 12, 31)) == 5 * 450_00
    assert fen("central", "three", 5, on=date(2017, 1, 1)) == 5 * 550_00
    with pytest.raises(Refusal) as refusal:
        fen("central", "three", 5, on=date(2013, 12, 31))
    assert refusal.value.code == "no-edition"


def test_a_class_the_standard_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(Refusal, match="department") as refusal:
        fen("itemised_caps", "three", 5)
    assert refusal.value.code == "no-class"


def test_an_amount_claims_no_more_than_its_least_certain_figure() -> None:
    jiaozuo = standard("jiaozuo")
    assert jiaozuo.charge(Stay(DAY, "all", 15)).citation.basis == "source"
    assert jiaozuo.charge(Stay(DAY, "all", 16)).citation.basis == "unverified"


def test_within_the_total_items_make_up_for_each_other_unless_capped_by_themselves() -> None:
    stay = Stay(DAY, "three", 5)
    costs = CourseCosts(stay, 10, 1, {"lodging": 10 * 5 * 400_00, "meals": 10 * 5 * 150_00})
    assert [each.ruling for each in standard("central").findings(costs)] == [Ruling.PASS, Ruling.PASS]
    capped = CourseCosts(Stay(DAY, "division", 5), 10, 1, costs.items)
    findings = {each.code: each for each in standard("itemised_caps").findings(capped)}
    assert findings["total"].ruling is Ruling.PASS
    assert findings["item.lodging"].ruling is Ruling.WARN, "the amounts of this table are unverified"
    assert "未核实" in findings["item.lodging"].reason.zh or "尚未核实" in findings["item.lodging"].reason.zh


def test_a_ceiling_that_rests_on_an_unverified_figure_only_warns() -> None:
    spent = {"other": 52_000_00}  # of 49,400: five days of the twenty count 80 %, and that is unverified
    [total] = standard("jiaozuo").findings(CourseCosts(Stay(DAY, "all", 20), 10, 0, spent))
    assert total.ruling is Ruling.WARN
    assert "80%" in total.citation.source
    [total] = standard("jiaozuo").findings(CourseCosts(Stay(DAY, "all", 15), 10, 0, spent))
    assert total.ruling is Ruling.REFUSE


def test_an_item_that_is_capped_for_unverified_days_only_warns() -> None:
    [edition] = shipped("itemised_caps")
    certain = {**edition, "basis": "source"}
    doubtful = {**certain, "day_count": {**edition["day_count"], "basis": "unverified"}}
    costs = CourseCosts(Stay(DAY, "division", 5, arrival_days=1), 10, 0, {"lodging": 10 * 6 * 340_00 + 1})
    for rows, ruling in ((certain, Ruling.REFUSE), (doubtful, Ruling.WARN)):
        findings = {each.code: each.ruling for each in TableStandard([rows]).findings(costs)}
        assert findings["item.lodging"] is ruling


def test_one_fen_above_the_ceiling_is_above_the_standard() -> None:
    stay = Stay(DAY, "three", 5)
    ceiling = 10 * 5 * 550_00
    for spent, ruling in ((ceiling, Ruling.PASS), (ceiling + 1, Ruling.REFUSE)):
        [total, _] = standard("central").findings(CourseCosts(stay, 10, 1, {"other": spent}))
        assert total.ruling is ruling
        assert "540号" in total.citation.source


@pytest.mark.parametrize(
    ("name", "fee_class", "trainees", "staff", "ruling"),
    [
        ("central", "three", 50, 5, Ruling.PASS),
        ("central", "three", 49, 5, Ruling.WARN),  # 4.9: four, and the ten percent are unverified
        ("central", "three", 200, 11, Ruling.WARN),
        ("jinan_2014", "all", 100, 5, Ruling.PASS),
        ("jinan_2014", "all", 99, 5, Ruling.REFUSE),
        ("jinan_2014", "all", 400, 11, Ruling.REFUSE),
    ],
)
def test_staff_are_limited_in_share_and_in_heads(
    name: str, fee_class: str, trainees: int, staff: int, ruling: Ruling
) -> None:
    findings = standard(name).findings(CourseCosts(Stay(DAY, fee_class, 5), trainees, staff))
    assert {each.code: each.ruling for each in findings}["staff"] is ruling


@pytest.mark.parametrize(
    ("grade", "per_hour"), [("associate", 500), ("full", 1000), ("academician", 1500), ("intermediate", 300)]
)
def test_lectures_are_paid_by_grade_after_tax(grade: str, per_hour: int) -> None:
    paid = standard("central").lecture(Taught(DAY, grade, Decimal(3)))
    assert paid.amount_fen == 3 * per_hour * 100
    assert "税后" in paid.reasons[-1].zh


def test_four_and_a_half_hours_in_a_morning_pay_four() -> None:
    paid = standard("central").lecture(Taught(DAY, "full", Decimal("4.5")))
    assert (paid.amount_fen, paid.paid_hours) == (4_000_00, 4)
    later = standard("central").lecture(Taught(DAY, "full", Decimal(2), hours_before=Decimal("3.5")))
    assert (later.amount_fen, later.paid_hours) == (500_00, Decimal("0.5"))


def test_a_half_day_rate_is_paid_once_a_half_day() -> None:
    first = standard("jiaozuo").lecture(Taught(DAY, "full", Decimal(2)))
    second = standard("jiaozuo").lecture(Taught(DAY, "full", Decimal(2), hours_before=Decimal(2)))
    assert (first.amount_fen, second.amount_fen) == (2_000_00, 0)


def test_more_than_the_cap_and_an_uplift_nobody_allows_are_refused() -> None:
    zhuzhou = standard("zhuzhou_lectures")
    assert zhuzhou.lecture(Taught(DAY, "associate", Decimal(2), uplifted=True)).amount_fen == 2 * 750_00
    assert zhuzhou.lecture(Taught(DAY, "associate", Decimal(2), agreed_fen=500_00)).amount_fen == 2 * 500_00
    with pytest.raises(Refusal) as above:
        zhuzhou.lecture(Taught(DAY, "associate", Decimal(2), agreed_fen=500_01))
    assert above.value.code == "above-lecture-cap"
    with pytest.raises(Refusal) as uplift:
        standard("central").lecture(Taught(DAY, "associate", Decimal(2), uplifted=True))
    assert uplift.value.code == "no-uplift"
    with pytest.raises(Refusal) as none:
        standard("jinan_2014").lecture(Taught(DAY, "associate", Decimal(2)))
    assert none.value.code == "no-lecture-fee"


def test_a_figure_nobody_verified_says_so() -> None:
    [edition] = [each for each in standard("central").editions() if each.holds_on(DAY)]
    doubtful = {figure.key for figure in edition.figures if figure.citation.basis == "unverified"}
    assert {"staff", "lecture.intermediate", "class_day.two.lodging"} <= doubtful
    assert not {"class_day.three", "step.30", "lecture.full", "day_count"} & doubtful


BROKEN: Sequence[tuple[str, Mapping[str, Any]]] = (
    ("add up", {"classes": [{"code": "all", "title": {"zh": "全", "en": "all"}, "per_day": 2, "items": {"meals": 1}}]}),
    ("元", {"classes": [{"code": "all", "title": {"zh": "全", "en": "all"}, "per_day": 1.5}]}),
    ("rise", {"steps": [{"above_days": 30, "percent": 70}, {"above_days": 15, "percent": 80}]}),
    ("before it begins", {"effective_to": "2019-12-31"}),
    ("basis", {"basis": "hearsay"}),
    ("come from", {"source": " "}),
    ("whole number", {"steps": [{"above_days": 30, "percent": 101}]}),
    ("capped", {"item_caps": ["meals"], "classes": [{"code": "a", "title": {"zh": "全", "en": "all"}, "per_day": 2}]}),
)


@pytest.mark.parametrize(("words", "wrong"), BROKEN)
def test_a_table_that_does_not_hold_is_refused_with_its_fault(words: str, wrong: Mapping[str, Any]) -> None:
    sound = {
        "effective_from": "2020-01-01",
        "title": {"zh": "本市标准", "en": "ours"},
        "applies_to": {"zh": "本市", "en": "the city"},
        "source": "本市文件",
        "basis": "source",
    }
    TableStandard([sound])
    with pytest.raises(ValueError, match=words):
        TableStandard([{**sound, **wrong}])


def test_two_editions_never_hold_on_one_day() -> None:
    [edition] = shipped("jinan_2014")
    with pytest.raises(ValueError, match="overlap"):
        TableStandard([edition, {**edition, "effective_from": "2015-01-01"}])


def test_a_standard_that_breaks_gives_no_amount_and_one_that_is_missing_says_so() -> None:
    registry = Registry().discover()
    standards = FeeStandards(registry)
    stay = Stay(DAY, "three", 5)
    with pytest.raises(PluginMissing):
        standards.charge("no_such", stay)
    with pytest.raises(PluginFailed, match="未配置"):
        standards.charge("city_table", stay)
    broken = registry.load("fee_standards/central")
    broken.instance = type("Floating", (), {"charge": lambda self, stay: 3025.0})()
    with pytest.raises(PluginFailed):
        standards.charge("central", stay)
    broken.instance = type("Breaking", (), {"charge": lambda self, stay: 1 // 0})()
    with pytest.raises(PluginFailed):
        standards.charge("central", stay)


def test_the_shipped_tables_are_read_by_the_installed_plugins() -> None:
    tables = import_module("services.enrollment.plugins.fee_standards.tables")
    assert tables.Central().charge(Stay(DAY, "three", 35)).amount_fen == 18_425_00


class TestCentral(PluginConformance):
    plugin = "fee_standards/central"


class TestCityTable(PluginConformance):
    plugin = "fee_standards/city_table"
    configs = ({"editions": shipped("central")}, {"editions": shipped("jiaozuo")})
