"""Questions on a real store: masked, clustered, handed to the lecturers, answered, and back to whoever asked."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from services.outcomes import contract
from services.scheduling.contract import TERM_CANCELLED
from shared.errors import Forbidden, Invalid, NotFound, Unavailable
from shared.security.caller import Caller
from shared.storage import Store
from tests.integration.outcomes.conftest import (
    AUDITOR,
    DONGHU,
    NANSHAN,
    ORGANISATION,
    SCHOOL,
    SESSIONS,
    City,
    lecturer,
    session,
    trainee,
    unit,
)

TERM = {"term_id": "term_1"}
POVERTY = "王建国提出：脱贫攻坚成果怎样同乡村振兴衔接？"
POVERTY_TOO = "脱贫攻坚成果如何与乡村振兴衔接？联系电话13812345678"
DATA = "部门之间政务数据如何共享？"
MEALS = "食堂几点开饭"


@pytest.fixture
def asked(city: City) -> City:
    city.ask(DONGHU, POVERTY, DATA)
    city.ask(NANSHAN, POVERTY_TOO, MEALS)
    return city


@pytest.fixture
def released(asked: City) -> City:
    asked.issue()
    asked.call(contract.HAND_OVER_QUESTIONS, TERM)
    return asked


def clusters(city: City, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = city.call(contract.LIST_CLUSTERS, {**TERM, **wanted})["items"]
    return found


def handovers(city: City, caller: Caller = SCHOOL, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = city.call(contract.LIST_HANDOVERS, wanted, caller)["items"]
    return found


def of(city: City, lecturer_id: str) -> dict[str, Any]:
    (row,) = [each for each in handovers(city, lecturer(lecturer_id)) if each["state"] != "closed"]
    shown: dict[str, Any] = city.call(contract.GET_HANDOVER, {"handover_id": row["handover_id"]}, lecturer(lecturer_id))
    return shown


def answer(city: City, lecturer_id: str, outcome: str = "answered", text: str = "见讲稿第三部分") -> dict[str, Any]:
    shown = of(city, lecturer_id)
    request = {
        "handover_id": shown["handover_id"],
        "cluster_id": shown["items"][0]["cluster_id"],
        "outcome": outcome,
        "text": text,
    }
    reply: dict[str, Any] = city.call(contract.ANSWER_QUESTION, request, lecturer(lecturer_id))
    return reply


def test_questions_asked_alike_by_two_units_become_one_without_names_and_numbers(asked: City) -> None:
    coverage = asked.call(contract.CLUSTER_QUESTIONS, TERM)
    assert (coverage["filed"], coverage["clusters"], coverage["pending"]) == (4, 3, 0)
    wordings = " ".join(each["wording"] for each in clusters(asked))
    assert "王建国" not in wordings
    assert "13812345678" not in wordings
    (both,) = [each for each in clusters(asked) if each["units"] == 2]
    members = asked.call(contract.GET_CLUSTER, {"cluster_id": both["cluster_id"]})["members"]
    assert {member["unit_id"] for member in members} == {DONGHU, NANSHAN}


def test_the_timer_clusters_what_came_in_and_changes_nothing_the_second_time(asked: City) -> None:
    asked.outcomes.tick("digest", asked.clock.now())
    first = clusters(asked)
    assert len(first) == 3
    asked.outcomes.tick("digest", asked.clock.now())
    assert clusters(asked) == first


def test_nothing_is_clustered_while_enrollment_cannot_say_whose_names_to_mask(asked: City) -> None:
    asked.outcomes.equipment.asking._answers.clear()  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        asked.call(contract.CLUSTER_QUESTIONS, TERM)
    assert clusters(asked) == []


def test_questions_go_to_the_lecturers_of_the_matching_sessions_with_a_day_to_receipt(released: City) -> None:
    rows = handovers(released)
    assert {(row["lecturer_id"], row["questions"], row["due_on"]) for row in rows} == {
        ("lecturer_a", 1, "2020-05-14"),
        ("lecturer_b", 1, "2020-05-14"),
    }
    told = released.outcomes.emitted(contract.QUESTIONS_HANDED_OVER)
    assert sorted(each.data["session_ids"][0] for each in told) == ["session_1", "session_2"]
    assert [each["wording"] for each in clusters(released, state="unmatched")] == [MEALS]


def test_a_lecturer_sees_what_was_asked_and_not_who_asked(released: City) -> None:
    shown = of(released, "lecturer_a")
    (item,) = shown["items"]
    assert (item["asked"], len(item["variants"])) == (2, 1)
    assert not {"units", "unit_id", "members", "unit_ids"} & (shown.keys() | item.keys())
    assert DONGHU not in str(shown)


def test_a_lecturer_neither_sees_nor_receipts_what_went_to_another(released: City) -> None:
    theirs = of(released, "lecturer_b")
    with pytest.raises(NotFound):
        released.call(contract.GET_HANDOVER, {"handover_id": theirs["handover_id"]}, lecturer("lecturer_a"))
    with pytest.raises(NotFound):
        released.call(contract.RECEIPT_HANDOVER, {"handover_id": theirs["handover_id"]}, lecturer("lecturer_a"))
    assert handovers(released, lecturer("lecturer_a"), lecturer_id="lecturer_b") == []


def test_a_receipt_is_in_time_on_its_last_day_and_overdue_the_day_after(released: City) -> None:
    released.at("2020-05-14T23:59:59+08:00")
    assert not any(row["overdue"] for row in handovers(released))
    released.at("2020-05-15T00:00:00+08:00")
    assert all(row["overdue"] for row in handovers(released))
    assert released.call(contract.GET_COVERAGE, TERM)["receipts_overdue"] == 2
    mine = of(released, "lecturer_a")
    receipt = released.call(contract.RECEIPT_HANDOVER, {"handover_id": mine["handover_id"]}, lecturer("lecturer_a"))
    assert (receipt["state"], receipt["overdue"]) == ("receipted", False)


def test_a_receipt_is_told_once_and_an_answer_is_one(released: City) -> None:
    released.outcomes.take()
    mine, theirs = of(released, "lecturer_a"), of(released, "lecturer_b")
    receipt = {"handover_id": mine["handover_id"]}
    for caller in (lecturer("lecturer_a"), SCHOOL):
        released.call(contract.RECEIPT_HANDOVER, receipt, caller)
    for _ in range(2):
        answer(released, "lecturer_b")
    told = [each.data for each in released.outcomes.emitted(contract.HANDOVER_RECEIPTED)]
    assert told == [
        {**receipt, "term_id": "term_1", "lecturer_id": "lecturer_a"},
        {"handover_id": theirs["handover_id"], "term_id": "term_1", "lecturer_id": "lecturer_b"},
    ]


def test_an_answer_goes_back_to_every_unit_that_asked(released: City) -> None:
    released.outcomes.take()
    answer(released, "lecturer_a", text="分类施策，电话13912345678")
    (told,) = released.outcomes.emitted(contract.QUESTION_ANSWERED)
    assert told.data["unit_ids"] == [DONGHU, NANSHAN]
    assert len(told.data["question_ids"]) == 2
    (filed,) = released.call(contract.LIST_QUESTION_SETS, {}, unit(NANSHAN))["items"]
    shown = released.call(contract.GET_QUESTION_SET, {"question_set_id": filed["question_set_id"]}, unit(NANSHAN))
    fates = {item["state"]: item["answer"] for item in shown["items"]}
    assert fates == {"answered": "分类施策，电话（电话已隐去）", "unmatched": None}


def test_an_answered_question_needs_its_answer_and_takes_no_marked_one(released: City) -> None:
    with pytest.raises(Invalid):
        answer(released, "lecturer_a", text=" ")
    with pytest.raises(contract.Classified):
        answer(released, "lecturer_a", text="秘密★10年\n答复如下")
    assert of(released, "lecturer_a")["state"] == "open"


def test_a_case_that_was_used_needs_no_text_and_is_told(released: City) -> None:
    released.outcomes.take()
    answer(released, "lecturer_b", outcome="used", text="")
    assert [each.data["outcome"] for each in released.outcomes.emitted(contract.QUESTION_ANSWERED)] == ["used"]
    assert released.call(contract.GET_COVERAGE, TERM)["used"] == 1


def test_a_question_not_covered_is_given_to_another_session_by_the_party_school(released: City) -> None:
    released.outcomes.take()
    answer(released, "lecturer_a", outcome="not_covered", text="")
    assert released.outcomes.emitted(contract.QUESTION_ANSWERED) == []
    (open_,) = clusters(released, state="not_covered")
    released.call(contract.CHANGE_CLUSTER, {"cluster_id": open_["cluster_id"], "session_id": "session_2"})
    assert {item["wording"] for item in _items(released, "lecturer_b")} == {open_["wording"], DATA}
    closed = [row for row in handovers(released) if row["state"] == "closed"]
    assert [(row["lecturer_id"], row["closed_reason"]) for row in closed] == [("lecturer_a", "reassigned")]


def test_a_lecturer_replaced_in_a_later_timetable_gives_the_questions_up(released: City) -> None:
    released.outcomes.take()
    released.issue([session("session_1", "脱贫攻坚与乡村振兴有效衔接", "lecturer_c"), SESSIONS[1]])
    told = released.outcomes.emitted()
    assert [(each.type, each.data["lecturer_id"]) for each in told] == [
        (contract.HANDOVER_CLOSED.type, "lecturer_a"),
        (contract.QUESTIONS_HANDED_OVER.type, "lecturer_c"),
    ]
    assert len(of(released, "lecturer_c")["items"]) == 1
    (old,) = handovers(released, lecturer("lecturer_a"))
    with pytest.raises(contract.WrongState):
        released.call(contract.RECEIPT_HANDOVER, {"handover_id": old["handover_id"]}, lecturer("lecturer_a"))


def test_a_question_answered_for_a_session_that_is_gone_has_no_day_and_no_identifier_for_a_title(
    released: City,
) -> None:
    handover_id = of(released, "lecturer_a")["handover_id"]
    answer(released, "lecturer_a")
    released.issue([SESSIONS[1]])
    (item,) = released.call(contract.GET_HANDOVER, {"handover_id": handover_id}, lecturer("lecturer_a"))["items"]
    assert (item["session_id"], item["session_title"], item["session_on"]) == ("session_1", "已调整的课次", None)
    told = released.call(contract.GET_COVERAGE, TERM)["sessions"]
    assert [each["session_title"] for each in told] == ["已调整的课次", SESSIONS[1]["title"]]


def test_an_older_timetable_and_one_that_comes_twice_change_nothing(released: City) -> None:
    released.issue([session("session_1", "脱贫攻坚与乡村振兴有效衔接", "lecturer_c"), SESSIONS[1]], version=3)
    released.outcomes.take()
    released.issue(SESSIONS, version=2)
    assert released.outcomes.emitted() == []
    assert of(released, "lecturer_c")["state"] == "open"


def test_questions_filed_after_the_release_follow_by_themselves(released: City) -> None:
    released.outcomes.take()
    released.ask(NANSHAN, "数字政府建设经费从哪里来？")
    released.outcomes.tick("digest", released.clock.now())
    (told,) = released.outcomes.emitted(contract.QUESTIONS_HANDED_OVER)
    assert told.data["lecturer_id"] == "lecturer_b"


def test_a_question_waits_until_the_timetable_names_a_lecturer(asked: City) -> None:
    asked.issue([session("session_1", "脱贫攻坚与乡村振兴有效衔接", None)])
    coverage = asked.call(contract.HAND_OVER_QUESTIONS, TERM)
    assert (coverage["waiting"], coverage["handed_over"]) == (2, 0)
    asked.issue([session("session_1", "脱贫攻坚与乡村振兴有效衔接", "lecturer_a")])
    assert len(of(asked, "lecturer_a")["items"]) == 1


def test_a_cancelled_term_takes_its_questions_back(released: City) -> None:
    released.outcomes.deliver(
        TERM_CANCELLED, {"term_id": "term_1", "plan_id": "plan_1", "reason": "疫情防控", "version": 2}
    )
    assert {(row["state"], row["closed_reason"]) for row in handovers(released)} == {("closed", "cancelled")}
    with pytest.raises(contract.WrongState):
        released.call(contract.HAND_OVER_QUESTIONS, TERM)


def test_a_term_that_is_held_after_all_hands_its_questions_over_again(released: City) -> None:
    cancelled = {"term_id": "term_1", "plan_id": "plan_1", "reason": "疫情防控", "version": 2}
    released.outcomes.deliver(TERM_CANCELLED, cancelled)
    released.outcomes.take()
    released.place(version=3)
    told = released.outcomes.emitted(contract.QUESTIONS_HANDED_OVER)
    assert sorted(each.data["lecturer_id"] for each in told) == ["lecturer_a", "lecturer_b"]
    released.outcomes.deliver(TERM_CANCELLED, cancelled)
    released.place(version=3)
    assert len(released.outcomes.emitted()) == 2


def test_a_person_splits_and_merges_clusters_and_no_computation_undoes_it(released: City) -> None:
    (both,) = [each for each in clusters(released) if each["units"] == 2]
    members = released.call(contract.GET_CLUSTER, {"cluster_id": both["cluster_id"]})["members"]
    own = released.call(
        contract.SPLIT_CLUSTER, {"cluster_id": both["cluster_id"], "question_ids": [members[1]["question_id"]]}
    )
    assert (own["questions"], own["lecturer_id"]) == (1, "lecturer_a")
    released.call(contract.CLUSTER_QUESTIONS, TERM)
    assert len(clusters(released)) == 4
    merged = released.call(
        contract.MERGE_CLUSTERS, {"cluster_id": own["cluster_id"], "cluster_ids": [both["cluster_id"]]}
    )
    assert (merged["questions"], merged["units"]) == (2, 2)
    released.call(contract.CLUSTER_QUESTIONS, TERM)
    assert len(clusters(released)) == 3
    assert len(_items(released, "lecturer_a")) == 1


def test_a_split_takes_some_questions_of_the_cluster_and_not_all_or_others(released: City) -> None:
    (both,) = [each for each in clusters(released) if each["units"] == 2]
    members = [
        each["question_id"]
        for each in released.call(contract.GET_CLUSTER, {"cluster_id": both["cluster_id"]})["members"]
    ]
    for question_ids in (members, ["question_none"]):
        with pytest.raises(Invalid):
            released.call(contract.SPLIT_CLUSTER, {"cluster_id": both["cluster_id"], "question_ids": question_ids})
    assert len(clusters(released)) == 3


def test_a_twin_that_is_overtaken_by_the_first_is_answered_alike(
    released: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = next(each for each in clusters(released) if each["units"] == 2)
    members = released.call(contract.GET_CLUSTER, {"cluster_id": both["cluster_id"]})["members"]
    request = {"cluster_id": both["cluster_id"], "question_ids": [members[1]["question_id"]]}
    split = partial(released.outcomes.call, contract.SPLIT_CLUSTER, request, caller=SCHOOL, command_id="k")
    looks_up, first = Store.recall, []

    def recall(store: Store, *told: Any, **named: Any) -> Any:
        """Look for the marker just before the twin, at another replica, concludes."""
        monkeypatch.setattr(Store, "recall", looks_up)
        known = looks_up(store, *told, **named)
        first.append(split())
        return known

    monkeypatch.setattr(Store, "recall", recall)
    assert split() == first[0]


def test_what_was_answered_takes_in_another_cluster_and_tells_its_units_but_goes_nowhere_else(released: City) -> None:
    answer(released, "lecturer_b")
    answered = clusters(released, state="answered")[0]
    meals = clusters(released, state="unmatched")[0]
    with pytest.raises(contract.WrongState):
        released.call(
            contract.MERGE_CLUSTERS, {"cluster_id": meals["cluster_id"], "cluster_ids": [answered["cluster_id"]]}
        )
    with pytest.raises(contract.WrongState):
        released.call(contract.CHANGE_CLUSTER, {"cluster_id": answered["cluster_id"], "session_id": "session_1"})
    released.outcomes.take()
    released.call(contract.MERGE_CLUSTERS, {"cluster_id": answered["cluster_id"], "cluster_ids": [meals["cluster_id"]]})
    (told,) = released.outcomes.emitted(contract.QUESTION_ANSWERED)
    assert told.data["unit_ids"] == [DONGHU, NANSHAN]


def test_a_question_and_a_case_do_not_become_one(released: City) -> None:
    released.ask(DONGHU, "某村脱贫攻坚同乡村振兴衔接的做法", kind="case")
    released.call(contract.CLUSTER_QUESTIONS, TERM)
    kinds = {each["kind"]: each["cluster_id"] for each in clusters(released)}
    with pytest.raises(Invalid):
        released.call(contract.MERGE_CLUSTERS, {"cluster_id": kinds["question"], "cluster_ids": [kinds["case"]]})


def test_a_session_the_timetable_does_not_have_is_refused(released: City) -> None:
    with pytest.raises(NotFound):
        released.call(
            contract.CHANGE_CLUSTER, {"cluster_id": clusters(released)[0]["cluster_id"], "session_id": "session_9"}
        )


def test_a_marked_question_is_refused_by_hand_and_put_aside_in_a_roster(city: City) -> None:
    marked = {"text": "秘密★5年 某部队营房改建", "kind": "question"}
    with pytest.raises(contract.Classified) as refused:
        city.call(contract.FILE_QUESTIONS, {**TERM, "unit_id": DONGHU, "questions": [marked]}, caller=unit(DONGHU))
    assert "营房" not in str(refused.value)
    city.ask(DONGHU, "秘密★5年 某部队营房改建", DATA)
    coverage = city.call(contract.CLUSTER_QUESTIONS, TERM)
    assert (coverage["filed"], coverage["withheld"], coverage["clusters"]) == (2, 1, 1)


def test_only_the_party_school_arranges_and_units_see_no_clusters(released: City) -> None:
    some = clusters(released)[0]["cluster_id"]
    for caller in (ORGANISATION, AUDITOR, unit(DONGHU), lecturer("lecturer_a"), trainee("nomination_1")):
        with pytest.raises(Forbidden):
            released.call(contract.HAND_OVER_QUESTIONS, TERM, caller)
        with pytest.raises(Forbidden):
            released.call(contract.CHANGE_CLUSTER, {"cluster_id": some, "wording": "改写"}, caller)
    for caller in (unit(DONGHU), lecturer("lecturer_a"), trainee("nomination_1")):
        with pytest.raises(Forbidden):
            released.call(contract.LIST_CLUSTERS, TERM, caller)
    for caller in (unit(DONGHU), ORGANISATION, trainee("nomination_1")):
        with pytest.raises(Forbidden):
            released.call(contract.RECEIPT_HANDOVER, {"handover_id": "x"}, caller)


def _items(city: City, lecturer_id: str) -> list[dict[str, Any]]:
    return [
        item
        for row in handovers(city, lecturer(lecturer_id))
        for item in city.call(contract.GET_HANDOVER, {"handover_id": row["handover_id"]})["items"]
    ]
