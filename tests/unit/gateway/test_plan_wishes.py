"""What a plan wants, in a planner's words."""

from __future__ import annotations

from gateway.console.wishes import Titles, order_words, wishes_of

ANY = {"ordinal": 3, "title": "金融风险", "months": [], "lecturers": [], "shares": [], "spacing_days": None}


def test_nothing_is_said_of_what_is_left_open() -> None:
    assert wishes_of(ANY).wanted == ()
    assert wishes_of({"ordinal": 3, "title": None}).title == ""


def test_a_gap_of_no_days_is_a_wish_too() -> None:
    assert wishes_of({**ANY, "min_gap_days": 0}).wanted == (("两期之间", "至少空 0 天"),)


def test_places_and_people_are_called_by_their_names_where_they_are_known() -> None:
    titles = Titles(lecturers={"wen": "温教授"}, units={"city.donghu": "东湖区委"}, campuses={"main": "主校区"})
    wanted = {
        "campus_id": "main",
        "room_kind": "hall",
        "lecturers": [{"lecturer_id": "wen", "days": [2]}, {"lecturer_id": "qiu"}],
        "shares": [{"unit_id": "city.donghu", "people": 15}],
    }
    assert wishes_of({**ANY, **wanted}, titles).wanted == (
        ("教室类型", "hall"),
        ("指定校区", "主校区"),
        ("需要的讲师", "温教授（第2天）、qiu（每天）"),
        ("每期派员", "东湖区委 15 人"),
    )


def test_an_order_names_whole_programmes_or_single_terms() -> None:
    whole = {"before": {"programme": 2, "term": None}, "after": {"programme": 3, "term": None}, "delay_days": 0}
    assert order_words(whole) == "第 3 班在第 2 班结束之后开班"
    single = {"before": {"programme": 2, "term": 1}, "after": {"programme": 3, "term": 4}, "delay_days": 9}
    assert order_words(single) == "第 3 班第 4 期在第 2 班第 1 期结束至少 9 天之后开班"
