"""A notice with every place open, laid out and worded like the city's 2020 notice."""

from services.scheduling.domain.notice import read_notice

THEMES = (
    ("加强基层党建", "培训", "建强支部、带好队伍、联系群众", "进行培训"),
    ("提升治理效能", "培训", "学习贯彻有关会议精神、提高制度执行力和治理能力", "进行培训"),
    ("守住风险底线", "培训", "防范经济风险、债务风险等", "进行培训"),
    ("促进区域协调", "研讨", "优化营商环境、承接产业布局和转移、扩大开放等", "进行研讨"),
)


def open_notice() -> str:
    """Return a notice of four programmes with nothing filled in, typed as carelessly as the real one."""
    lines = [
        "2020 年公务员培训计划",
        "",
        "根据《2018—2022 年某项规划》，制定2020 年公务员培训计划。现将有关事项通知如下。",
        "一、班次安排",
    ]
    for ordinal, (name, kind, topics, verb) in enumerate(THEMES, start=1):
        lines += [
            f"{ordinal}.{' ' if ordinal == 3 else ''}{name}专题{kind}班",
            "计划举办X期、共培训X人，举办时间XX月XX日至XX月XX日，学制X 天。",
            f"重点学习有关重要论述，围绕{topics}{verb}。",
        ]
    return "\n".join(
        [
            *lines,
            "二、其他事项",
            "1.认真制定培训方案。按照计划安排合理确定培训时间。",
            "2.严格调训制度。因故需更换学员人选，应提前5天向市委组织部报告。",
            "市委组织部联系人：XXX   联系电话：XXXXXXXX   ",
            "                          传真：XXXXXXXX",
            "市委党校（行政学院）联系人：XXX   ",
            "联系电话：XXXXXXXX",
            "                          传真：XXXXXXXX",
            "",
            "",
        ]
    )


def test_a_notice_with_open_places_reads_completely_and_guesses_nothing():
    reading = read_notice(open_notice())
    draft = reading.draft.to_wire()

    assert reading.problems == ()
    assert (draft["year"], draft["title"]) == (2020, "2020年公务员培训计划")
    assert list(draft) == ["year", "title", "programmes", "replacement_notice_days", "contacts"]
    assert [each["ordinal"] for each in draft["programmes"]] == [1, 2, 3, 4]
    assert [each["title"] for each in draft["programmes"]] == [f"{name}专题{kind}班" for name, kind, _, _ in THEMES]
    assert [each["kind"] for each in draft["programmes"]] == ["training"] * 3 + ["seminar"]
    for each in draft["programmes"]:
        assert [each[key] for key in ("terms", "trainees", "starts_on", "ends_on", "days")] == [None] * 5
        assert "ranges" not in each
    assert draft["programmes"][1]["points"] == ["学习贯彻有关会议精神", "提高制度执行力和治理能力"]
    assert draft["programmes"][3]["points"] == ["优化营商环境", "承接产业布局和转移", "扩大开放"]
    assert draft["replacement_notice_days"] == 5
    assert draft["contacts"] == [
        {"organisation": "市委组织部", "person": None, "phone": None, "fax": None},
        {"organisation": "市委党校（行政学院）", "person": None, "phone": None, "fax": None},
    ]


def test_line_ends_of_every_system_read_the_same():
    text = open_notice()
    expected = read_notice(text)
    assert read_notice(text.replace("\n", "\r\n")) == expected
    assert read_notice(text.replace("\n", "\r")) == expected
    assert read_notice("\ufeff" + text) == expected
