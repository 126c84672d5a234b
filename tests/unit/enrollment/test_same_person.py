"""Likeness of two records: what counts, what does not, and where a person starts to be asked."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.same_person import Face, Weights, likeness, plain_name, variants_from
from services.enrollment.likeness import name_ratio
from services.enrollment.limits import policy_table

POLICIES = policy_table().on(date(2020, 5, 1))
WEIGHTS = Weights.from_plain(POLICIES["person.match"].value)
VARIANTS = variants_from(POLICIES["person.name_variants"].value)
BORN = date(1980, 3, 12)
FACE = Face(("李晓明",), BORN, "male", ("city.donghu",), ("东湖区财政局",), ("138****0001",))


def asked(**changes: object) -> bool:
    elsewhere: dict[str, object] = {"unit_ids": ("city.nanshan",), "workplaces": (), "phones": ()}
    other = dataclasses.replace(FACE, **(elsewhere | changes))  # type: ignore[arg-type]
    return likeness(FACE, other, WEIGHTS, name_ratio).score >= WEIGHTS.least


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("李詠", "李咏"),
        ("張偉", "张伟"),
        ("阿卜杜·热合曼", "阿卜杜热合曼"),
        ("Ａnna Lee", "annalee"),
        ("欧阳 修", "欧阳修"),
    ],
)
def test_variant_spellings_read_the_same(name: str, plain: str) -> None:
    assert plain_name(name, VARIANTS) == plain


def test_each_character_has_one_usual_form() -> None:
    assert not set(VARIANTS) & set(VARIANTS.values())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, True),  # moved unit: the same name and birthday
        ({"born_on": date(1981, 7, 1)}, False),  # a namesake
        ({"born_on": date(1980, 12, 3), "unit_ids": ("city.donghu.finance",)}, True),  # day and month exchanged
        ({"born_on": date(1980, 12, 3)}, False),
        ({"born_on": date(1970, 3, 12), "phones": ("138****0001",)}, True),  # one figure
        ({"names": ("李小明",)}, False),  # a name alike and the birthday: not enough by themselves
        ({"names": ("李小明",), "unit_ids": ("city.donghu",)}, True),
        ({"names": ("李小明",), "phones": ("138****0001",)}, True),
        ({"names": ("王芳菲",), "unit_ids": ("city.donghu",), "phones": ("138****0001",)}, False),
        ({"sex": "female"}, False),
        ({"sex": None}, True),
    ],
)
def test_a_person_is_asked_from_enough_likeness_on(changes: dict[str, object], expected: bool) -> None:
    assert asked(**changes) is expected


def test_every_likeness_that_counts_is_said() -> None:
    found = likeness(FACE, dataclasses.replace(FACE, names=("李小明", "李晓明")), WEIGHTS, name_ratio)
    assert found.score == 40 + 30 + 15 + 10 + 20
    assert [reason.zh for reason in found.reasons] == [
        "姓名相同（含异体字、间隔号写法）", "出生日期相同", "同一单位", "工作单位相同", "手机号前后段相同",
    ]  # fmt: skip


names = st.text("李王张晓小明伟", min_size=2, max_size=3)
faces = st.builds(
    Face,
    names=st.lists(names, min_size=1, max_size=2).map(tuple),
    born_on=st.dates(date(1979, 1, 1), date(1980, 12, 31)),
    sex=st.sampled_from(["male", "female", None]),
    unit_ids=st.lists(st.sampled_from(["city.a", "city.a.b", "city.c"]), max_size=2).map(tuple),
    workplaces=st.lists(st.sampled_from(["甲局", "乙局", ""]), max_size=2).map(tuple),
    phones=st.lists(st.sampled_from(["138****0001", ""]), max_size=1).map(tuple),
)


@given(faces, faces)
def test_likeness_is_the_same_from_both_sides(mine: Face, other: Face) -> None:
    one, two = likeness(mine, other, WEIGHTS, name_ratio), likeness(other, mine, WEIGHTS, name_ratio)
    assert (one.score, one.reasons) == (two.score, two.reasons)
