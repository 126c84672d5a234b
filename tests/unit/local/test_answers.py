"""A run remembers what each step was answered."""

from pathlib import Path

from deploy.local.answers import Answers


def test_an_answer_outlives_the_run_that_got_it(tmp_path: Path) -> None:
    path = tmp_path / "settings" / "run.jsonl"
    Answers(path).keep("plan", {"plan_id": "plan_1", "title": "计划"})
    assert Answers(path).get("plan") == {"plan_id": "plan_1", "title": "计划"}
    assert Answers(path).get("approval") is None


def test_a_torn_last_line_counts_as_not_done_and_spoils_nothing(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    Answers(path).keep("plan", {"n": 1})
    with path.open("a", encoding="utf-8") as file:
        file.write('["approval", {"n"')
    going_on = Answers(path)
    assert going_on.get("approval") is None
    going_on.keep("placement", {"n": 3})
    third = Answers(path)
    assert (third.get("plan"), third.get("placement")) == ({"n": 1}, {"n": 3})
