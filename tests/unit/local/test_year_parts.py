"""The year's parts: walked through once, with the same people after a break, and with reports that differ."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from deploy.local.answers import Answers
from deploy.local.journey import Journey
from deploy.local.year.newcomers import newcomers
from deploy.local.year.writings import report
from services.enrollment.domain.citizen_id import check_character

PASSAGE = 30
"""As long as a passage has to be to count as shared (``report.passage_characters``)."""


def journey(folder: Path) -> Journey:
    return cast("Journey", SimpleNamespace(answers=Answers(folder / "answers.jsonl")))


def passages(text: str) -> set[str]:
    return {text[start : start + PASSAGE] for start in range(len(text) - PASSAGE + 1)}


def test_a_part_that_is_over_is_not_walked_through_again(tmp_path: Path) -> None:
    walked: list[str] = []

    def part() -> str:
        walked.append("once")
        return "3 人"

    assert [Journey.once(journey(tmp_path), "x", part) for _ in range(2)] == ["3 人", "3 人"]
    assert walked == ["once"]


def test_a_run_that_was_broken_off_goes_on_with_the_same_people(tmp_path: Path) -> None:
    seen: list[Any] = [["nom_1", "nom_2"], ["nom_2"]]
    found = [Journey.remembered(journey(tmp_path), "people", seen.pop) for _ in range(2)]
    assert found == [["nom_2"], ["nom_2"]]


def test_no_two_reports_share_a_passage() -> None:
    texts = [report(f"关于乡村振兴的调研报告（{number}）", number).content.decode() for number in range(40)]
    bodies = [passages(text.partition("\n\n")[2]) for text in texts]
    assert all(len(text) > 200 for text in texts)
    assert not [pair for pair in combinations(bodies, 2) if pair[0] & pair[1]]


def test_newcomers_have_identity_numbers_that_hold() -> None:
    people = newcomers(3)
    assert len({person.id_number for person in people}) == 3
    assert all(check_character(person.id_number[:17]) == person.id_number[17] for person in people)
