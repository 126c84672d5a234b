"""A training scheme: hours, budget, what is open in it, and what changed."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.scheme import BudgetItem, Course, Module, Scheme, changes, portions, shortcomings

THEORY = Course("c1", "治理现代化专题", "lecture", 8, ("国家治理",))
VISIT = Course("c2", "政务大厅现场教学", "field", 4)
SCHEME = Scheme(
    "提高治理能力", (Module("m1", "理论", (THEORY,)), Module("m2", "实践", (VISIT,))), (BudgetItem("meals", "1300.50"),)
)


@given(st.integers(1, 200), st.integers(1, 8))
def test_hours_are_shared_out_over_half_days_without_loss_and_never_above_the_most(hours: int, most: int) -> None:
    shares = portions(hours, most)
    assert sum(shares) == hours
    assert max(shares) <= most
    assert min(shares) >= 1
    assert max(shares) - min(shares) <= 1
    assert len(shares) == -(-hours // most)


def test_hours_and_budget_are_summed() -> None:
    assert (SCHEME.hours, SCHEME.total) == (12, Decimal("1300.50"))


def test_a_scheme_that_fills_the_days_exactly_is_finished_and_one_hour_more_is_not() -> None:
    assert shortcomings(SCHEME, 2, 6) == []
    assert shortcomings(SCHEME, 2, 8) == []
    longer = replace(SCHEME, modules=(*SCHEME.modules, Module("m3", "自学", (Course("c3", "自学", "self_study", 1),))))
    (found,) = shortcomings(longer, 2, 6)
    assert found.path == "hours"
    assert "13学时" in found.zh
    assert "12" in found.en


def test_everything_open_is_named() -> None:
    paths = [each.path for each in shortcomings(Scheme(modules=(Module("m1", "空模块"),)), None, 8)]
    assert paths == ["aims", "modules", "modules.0", "budget", "days"]


def test_changes_are_said_in_sentences() -> None:
    moved = replace(THEORY, hours=4, form="discussion", morning=True)
    after = Scheme(
        "提高治理能力",
        (Module("m2", "实践", (moved,)), Module("m4", "研讨", (Course("c9", "分组研讨", "discussion", 4),))),
        (BudgetItem("meals", "1300.50"), BudgetItem("lecturers", "4000.00")),
    )
    words = [each.zh for each in changes(SCHEME, after)]
    assert words == [
        "取消课程“政务大厅现场教学”（实践）",
        "课程“治理现代化专题”的形式由讲授改为研讨",
        "课程“治理现代化专题”的学时由8改为4",
        "课程“治理现代化专题”的是否宜在上午由否改为是",
        "课程“治理现代化专题”由模块“理论”调到“实践”",
        "新增课程“分组研讨”（研讨，4学时）",
        "师资费由0元改为4000.00元",
    ]
    assert changes(SCHEME, SCHEME) == []
