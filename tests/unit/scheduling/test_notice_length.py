"""Long runs and long notices: they read as short ones do, or are refused with what to do."""

import re

import pytest

from services.scheduling.domain.notice import read_notice
from services.scheduling.domain.notice_limits import NoticeLimits
from services.scheduling.domain.notice_problems import LONGEST_LINE, MOST_PROBLEMS
from services.scheduling.domain.numerals import BLANK, NUMBER, number
from services.scheduling.limits import policy_table
from services.scheduling.notices import read_notice_file
from shared.errors import TooLarge
from shared.plugins import Registry

HEAD = "关于印发2021年公务员培训计划的通知\n"
PROGRAMME = "1．甲专题培训班。计划举办2期，共培训80人，举办时间：5月11日至5月15日，学制5天。围绕子、丑进行培训。"
REST = "\n二、其他\n因故更换学员，应提前5天报告。\n市委组织部联系人：张三；电话：88880001\n"
LIMITS = {row.key: row.value for row in policy_table().rows()}


@pytest.fixture(scope="module")
def plugins() -> Registry:
    return Registry().discover()


@pytest.mark.parametrize(("pattern", "char"), [(BLANK, "_"), (BLANK, "X"), (NUMBER, "一")])
def test_a_run_is_begun_near_its_start_only(pattern: str, char: str) -> None:
    run, found = char * 50, re.compile(pattern)
    assert [at for at in range(len(run)) if found.match(run, at)] == [0, 1]


def test_a_number_in_thousands_is_followed_for_as_many_groups_as_are_read() -> None:
    written = re.compile(NUMBER).match("111," * 50)
    assert written is not None
    assert len(written.group()) == len("111,111,111,111,111")


@pytest.mark.parametrize("char", ["_", "X", "1", "一", "111,", "围绕", "重点", "5月1", "培训内容", "更换", "—", "班"])
def test_a_long_run_within_a_programme_hides_nothing_of_it(char: str) -> None:
    reading = read_notice(f"{HEAD}{PROGRAMME}\n{char * (60_000 // len(char))}\n{REST}")
    (programme,) = reading.draft.programmes
    assert (programme.terms, programme.trainees, programme.days) == (2, 80, 5)
    assert [each.to_wire() for each in programme.ranges] == [{"starts_on": "2021-05-11", "ends_on": "2021-05-15"}]
    assert programme.points[:2] == ["子", "丑"]
    assert reading.draft.replacement_notice_days == 5
    assert [each.phone for each in reading.draft.contacts] == ["88880001"]


@pytest.mark.parametrize(
    "line", [" " * 60_000 + "注", "1" + " " * 30_000 + "注" * 30_000, "注" * 60_000, "（" * 60_000]
)
def test_a_long_line_after_the_programmes_hides_nothing(line: str) -> None:
    reading = read_notice(f"{HEAD}{PROGRAMME}{REST}{line}\n")
    assert reading.problems == ()
    assert reading.draft.replacement_notice_days == 5
    assert [each.phone for each in reading.draft.contacts] == ["88880001"]


@pytest.mark.parametrize("length", [1, 2, 12, 13, 50_000])
def test_an_open_place_is_open_whatever_its_length(length: int) -> None:
    blank = "_" * length
    line = f"举办{blank}期、共培训{blank}人，举办时间{blank}月{blank}日至{blank}月{blank}日，学制{blank}天"
    reading = read_notice(f"{HEAD}1.甲专题培训班\n{line}。围绕子进行培训。{REST}传真：{blank}\n")
    (programme,) = reading.draft.programmes
    assert (programme.terms, programme.trainees, programme.days, programme.starts_on) == (None,) * 4
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("place", "reads"),
    [("第__期5月11日至5月15日", "2021-05-11"), ("20__年5月11日至5月15日", None), ("20___年5月11日至5月15日", None)],
)
def test_an_open_place_behind_a_character_that_nothing_begins_after_is_open(place: str, reads: str | None) -> None:
    (programme,) = read_notice(f"{HEAD}1.甲专题培训班\n计划{place}，共培训40人，学制5天。").draft.programmes
    assert programme.terms is None
    assert programme.to_wire()["starts_on"] == reads


def test_topics_that_repeat_the_words_of_their_end_are_read_at_once() -> None:
    # Each 重点内容 could be read as one word or as two: forty of them in a trillion ways.
    reading = read_notice(
        f"{HEAD}1.甲专题培训班\n围绕子、丑等{'重点内容' * 40}进行培训。围绕寅等{'重点内容' * 40}卯进行培训。"
    )
    assert reading.draft.programmes[0].points == ["子", "丑", f"寅等{'重点内容' * 40}卯"]


def test_a_telephone_number_with_many_spaces_is_read_at_once() -> None:
    # Each space could stand in a number or part two: more ways than anybody can try.
    written = "1 " * 47 + "1、12"
    reading = read_notice(f"{HEAD}{PROGRAMME}\n二、其他\n市委组织部联系人：张三；电话：{written} ；\n")
    assert reading.draft.contacts[0].phone is None
    assert [f"“{written}”不是电话" in problem.zh for problem in reading.problems] == [True]


def test_a_number_of_thousands_of_digits_is_none() -> None:
    assert [number("一" * length) for length in (9, 10, 5000)] == [111_111_111, None, None]
    reading = read_notice(f"{HEAD}1.甲专题培训班\n计划举办2期，共培训{'一' * 5000}人。")
    assert reading.draft.programmes[0].trainees is None


def test_problems_are_no_more_and_no_longer_than_somebody_can_work_through() -> None:
    dates = "、".join(f"{month}月{day}日至{month}月{day}日" for month in range(13, 43) for day in range(1, 24))
    reading = read_notice(f"{HEAD}1.甲专题培训班\n举办时间：{dates}。围绕子进行培训。")
    assert len(reading.problems) == MOST_PROBLEMS + 1
    assert all(len(problem.text) <= LONGEST_LINE + 1 for problem in reading.problems)
    assert "还有" in reading.problems[-1].zh
    assert "处问题没有列出" in reading.problems[-1].zh
    assert reading.problems[-1].en


def test_a_line_of_labels_without_a_person_is_not_quoted_whole_for_each() -> None:
    reading = read_notice(f"{HEAD}{PROGRAMME}\n二、其他\n{'电话：' * 2000}\n")
    assert sum(len(problem.zh) + len(problem.text) for problem in reading.problems) < 2 * 500 * 1000


def exactly(length: int, start: str = HEAD + PROGRAMME + REST) -> str:
    """Return a notice of so many characters, most of them after its programme."""
    return start + "注" * (length - len(start))


def test_a_notice_above_the_limit_is_refused_and_one_at_it_is_read(plugins: Registry) -> None:
    most = LIMITS["notice.characters"]
    assert len(read_notice_file(exactly(most).encode(), plugins).draft.programmes) == 1
    with pytest.raises(TooLarge) as refusal:
        read_notice_file(exactly(most + 1).encode(), plugins)
    assert f"{most + 1}字，超过{most}字的上限，请" in refusal.value.message.zh
    assert f"limit of {most}; keep the notice itself" in refusal.value.message.en


def test_a_programme_above_the_limit_is_refused_and_one_at_it_is_read(plugins: Registry) -> None:
    most = LIMITS["notice.programme_characters"]
    passage = PROGRAMME[2:]  # without its number
    at_it = f"{HEAD}{PROGRAMME}\n{'注' * (most - len(passage))}"
    assert len(read_notice_file((at_it + REST).encode(), plugins).draft.programmes) == 1
    with pytest.raises(TooLarge) as refusal:
        read_notice_file((at_it + "注" + REST).encode(), plugins)
    assert f"第2行起的班次“{passage[:10]}" in refusal.value.message.zh
    assert f"有{most + 1}字，超过一个班次{most}字的上限，请" in refusal.value.message.zh
    assert f"has {most + 1} characters, above the limit of {most} for one; look" in refusal.value.message.en


def test_without_limits_nothing_is_too_long() -> None:
    long = exactly(LIMITS["notice.characters"] + 1)
    assert read_notice(long) == read_notice(long, NoticeLimits(len(long), len(long)))
