"""Where programmes begin and end, titles, points, contacts and the replacement rule."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.notice import read_notice

FIGURES = "计划举办1期、共培训30人，举办时间6月1日至6月3日，学制3天。"


def programmes(text):
    return [(each.ordinal, each.title, each.kind, each.terms) for each in read_notice(text).draft.programmes]


def test_groups_restart_their_numbers_and_are_numbered_through():
    reading = read_notice(
        "关于印发《二〇二一年度江城市公务员培训计划》的通知\n各区：\n一、班次安排\n（一）专题培训班\n"
        f"1、甲专题培训班\n{FIGURES}围绕子、丑进行培训。\n2．乙专题培训班：{FIGURES}围绕寅、卯进行培训。\n"
        f"（二）专题研讨班\n1.丙专题研讨班\n{FIGURES}\n围绕辰；巳；午等三个方面进行专题研讨。\n二、有关要求\n1.注意安全。\n"
    )
    assert reading.draft.year == 2021
    assert [(each.ordinal, each.title, each.kind, each.points) for each in reading.draft.programmes] == [
        (1, "甲专题培训班", "training", ["子", "丑"]),
        (2, "乙专题培训班", "training", ["寅", "卯"]),
        (3, "丙专题研讨班", "seminar", ["辰", "巳", "午"]),
    ]
    assert [problem.line for problem in reading.problems] == [9]
    assert "按第3个班次编号" in reading.problems[0].zh


@pytest.mark.parametrize(
    "marks",
    [
        ("一、", "二、", "三、"),
        ("1.", "2．", "3、"),
        ("1 .", "２.", "3 、"),
        ("（一）", "(二)", "（三）"),
        ("1)", "2）", "（3）"),
        ("①", "②", "③"),
    ],
)
def test_programmes_are_found_under_any_numbering(marks):
    body = "\n".join(f"{mark} {name}专题培训班\n{FIGURES}" for mark, name in zip(marks, "甲乙丙", strict=True))
    assert programmes(f"2021年公务员培训计划\n{body}\n") == [
        (1, "甲专题培训班", "training", 1),
        (2, "乙专题培训班", "training", 1),
        (3, "丙专题培训班", "training", 1),
    ]


def test_a_heading_that_names_no_class_is_kept_and_reported():
    reading = read_notice(
        f"2021年培训计划\n一、班次\n1.甲专题培训班\n{FIGURES}\n2.应急管理\n内容略。\n3.法治建设专题\n培训班\n{FIGURES}\n"
    )
    assert [(each.ordinal, each.title, each.kind) for each in reading.draft.programmes] == [
        (1, "甲专题培训班", "training"),
        (2, "应急管理", None),
        (3, "法治建设专题培训班", "training"),
    ]
    assert any(problem.line == 5 and "结尾" in problem.zh for problem in reading.problems)


def test_numbered_lines_inside_a_programme_belong_to_it():
    reading = read_notice(
        "2021年培训计划\n1.甲专题培训班\n（1）举办时间：5月11日至15日\n（2）计划举办1期，培训20人，学制5天\n（3）围绕子、丑进行培训\n"
    )
    (programme,) = reading.draft.programmes
    assert (programme.terms, programme.trainees, programme.days, programme.points) == (1, 20, 5, ["子", "丑"])
    assert programme.starts_on is not None
    assert programme.starts_on.isoformat() == "2021-05-11"


@pytest.mark.parametrize(
    ("sentence", "points"),
    [
        ("围绕“数据、共享”、《条例、办法》学习等方面开展培训。", ["“数据、共享”", "《条例、办法》学习"]),
        ("紧紧围绕甲（含乙、丙）、丁等内容进行专题培训。", ["甲（含乙、丙）", "丁"]),
        ("主要内容：甲、乙、丙。", ["甲", "乙", "丙"]),
        ("围绕甲，乙，甲进行培训。", ["甲", "乙"]),
    ],
)
def test_points_are_split_where_the_list_is_and_nowhere_else(sentence, points):
    reading = read_notice(f"2021年培训计划\n1.甲专题培训班\n{FIGURES}\n{sentence}\n")
    assert reading.draft.programmes[0].points == points
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("sentence", "days", "kind"),
    [
        ("因故需更换学员人选，应提前5天向市委组织部报告。", 5, None),
        ("因故需更换学员人选，应提前五天报告。", 5, None),
        ("需调换人选的，至少提前七日报告。", 7, None),
        ("因故更换学员的，须在开班前10个工作日内书面报告。", 10, "working"),
        ("更换人选须于开班3个自然日前报告。", 3, "calendar"),
        ("因故需更换学员人选，应提前X天报告。", None, None),
        ("参训地区要加强管理。", None, None),
    ],
)
def test_the_replacement_rule_is_read_with_its_kind_of_day(sentence, days, kind):
    reading = read_notice(f"2021年培训计划\n1.甲专题培训班\n{FIGURES}围绕甲、乙进行培训。\n二、其他\n1.{sentence}\n")
    assert (reading.draft.replacement_notice_days, reading.draft.replacement_day_kind) == (days, kind)
    assert reading.problems == ()


def test_a_replacement_rule_without_a_number_of_days_is_reported():
    reading = read_notice(
        f"2021年培训计划\n1.甲专题培训班\n{FIGURES}围绕甲、乙进行培训。\n二、其他\n1.更换学员应提前一周报告。\n"
    )
    assert reading.draft.replacement_notice_days is None
    assert [(problem.line, problem.text) for problem in reading.problems] == [(5, "更换学员应提前一周报告。")]


def test_contacts_read_in_every_usual_shape():
    reading = read_notice(
        f"2021年培训计划\n1.甲专题培训班\n{FIGURES}围绕甲、乙进行培训。\n二、其他\n"
        "市委组织部联系人：张　三　　联系电话：０２７－８８８８０００１\n   传真: 8888 0002\n"
        "市委党校：\n联系人：李四、王五；联系电话：88880003、88880004；传真：XXXX。\n"
        "市财政局联系人：赵六，电话：无\n"
    )
    assert [contact.to_wire() for contact in reading.draft.contacts] == [
        {"organisation": "市委组织部", "person": "张三", "phone": "027-88880001", "fax": "8888 0002"},
        {"organisation": "市委党校", "person": "李四、王五", "phone": "88880003、88880004", "fax": None},
        {"organisation": "市财政局", "person": "赵六", "phone": None, "fax": None},
    ]
    assert [(problem.line, "“无”" in problem.zh) for problem in reading.problems] == [(9, True)]


def test_a_text_that_is_no_notice_says_so():
    reading = read_notice("hello\nworld\n")
    assert reading.draft.programmes == []
    assert any("没有读到任何班次" in problem.zh for problem in reading.problems)
    assert read_notice("").draft.programmes == []


ALPHABET = st.sampled_from(
    list("一二十（）(1)23.、。：；，X期人月日至学制天举办培训围绕进行班年计划 \n联系人电话传真更换提前《》“”")
)


@given(st.lists(ALPHABET, max_size=120).map("".join))
def test_no_text_breaks_the_reader_and_every_problem_points_at_a_line(text):
    reading = read_notice(text)
    reading.draft.to_wire()
    lines = text.count("\n") + 1
    assert all(1 <= problem.line <= lines for problem in reading.problems)
    ordinals = [each.ordinal for each in reading.draft.programmes]
    assert ordinals == sorted(set(ordinals))
