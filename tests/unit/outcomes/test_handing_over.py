"""Every question goes to the lecturer its session has now, once."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from services.outcomes.domain.cluster import Answer, Asked, Cluster, Session
from services.outcomes.domain.handing_over import receipt_due, settle
from services.outcomes.domain.regrouping import match, regroup

LECTURERS = ("lecturer_a", "lecturer_b", None)
TITLES = {"s1": "脱贫攻坚与乡村振兴", "s2": "政务数据共享开放", "s3": "生态补偿机制"}
TEXTS = (
    "脱贫攻坚怎样与乡村振兴衔接？",
    "脱贫攻坚如何同乡村振兴衔接？",
    "政务数据怎样共享？",
    "生态补偿机制怎样建立？",
    "食堂几点开饭",
)
_ids = itertools.count()


def new_id() -> str:
    return f"id_{next(_ids):06}"


def session(session_id: str, lecturer: str | None, on: str = "2020-05-18") -> Session:
    return Session(session_id, TITLES[session_id], "", "lecture", on, lecturer)


def asked(number: int, text: str) -> Asked:
    return Asked(f"question_{number:03}", f"unit_{number % 3}", "question", text)


class Term:
    """A term's questions as the service keeps them: arranged anew after everything that happens."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.clusters: tuple[Cluster, ...] = ()
        self.sessions: list[Session] = []
        self.open: set[str] = set()
        self.lecturer_of: dict[str, str] = {}
        self.released = False

    def arrange(self) -> None:
        clusters = match(regroup(self.asked, self.clusters, 35, new_id), self.sessions, 8)
        done = settle(clusters, self.sessions, self.open, self.released, new_id)
        self.clusters = done.clusters
        self.lecturer_of |= {batch.handover_id: batch.lecturer_id for batch in done.batches}
        self.open = (self.open | {batch.handover_id for batch in done.batches}) - done.emptied

    def check(self) -> None:
        held = [member.question_id for cluster in self.clusters for member in cluster.members]
        assert sorted(held) == sorted(each.question_id for each in self.asked)
        present = {each.session_id: each.lecturer_id for each in self.sessions}
        for cluster in self.clusters:
            if cluster.concluded:
                continue
            lecturer = present.get(cluster.session_id or "")
            expected = lecturer if self.released else None
            assert cluster.lecturer_id == expected
            assert (cluster.handover_id in self.open) == (expected is not None)
            assert expected is None or self.lecturer_of[str(cluster.handover_id)] == expected
        assert self.open == {cluster.handover_id for cluster in self.clusters if cluster.handover_id}


TIMETABLE = st.dictionaries(st.sampled_from(sorted(TITLES)), st.sampled_from(LECTURERS))
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("file"), st.sampled_from(TEXTS)),
        st.tuples(st.just("timetable"), TIMETABLE),
        st.tuples(st.just("release"), st.none()),
        st.tuples(st.just("answer"), st.integers(0, 20)),
    ),
    max_size=20,
)


@settings(max_examples=200)
@given(EVENTS)
def test_every_question_with_a_lecturer_is_handed_over_once_to_the_present_one(
    events: list[tuple[str, object]],
) -> None:
    term = Term()
    for kind, value in events:
        if kind == "file":
            term.asked.append(asked(len(term.asked), str(value)))
        elif kind == "timetable":
            term.sessions = [session(each, lecturer) for each, lecturer in dict(value).items()]  # type: ignore[call-overload]
        elif kind == "release":
            term.released = True
        else:
            held = [cluster for cluster in term.clusters if cluster.handover_id and not cluster.concluded]
            if held:
                chosen = held[int(str(value)) % len(held)]
                answer = Answer("answered", "见讲稿", "lecturer", datetime(2020, 5, 18, tzinfo=UTC))
                said = replace(chosen, answer=answer)
                term.clusters = tuple(said if each is chosen else each for each in term.clusters)
        term.arrange()
        term.check()


def test_an_answered_question_stays_with_the_lecturer_who_answered() -> None:
    term = Term()
    term.asked = [asked(0, TEXTS[0])]
    term.sessions = [session("s1", "lecturer_a")]
    term.released = True
    term.arrange()
    (cluster,) = term.clusters
    term.clusters = (replace(cluster, answer=Answer("answered", "见讲稿", "x", datetime(2020, 5, 18, tzinfo=UTC))),)
    term.sessions = [session("s1", "lecturer_b")]
    term.arrange()
    assert [each.lecturer_id for each in term.clusters] == ["lecturer_a"]


def test_a_session_a_person_chose_is_kept_while_the_timetable_has_it() -> None:
    cluster = Cluster("c", "question", TEXTS[2], (asked(0, TEXTS[2]),)).in_session("s1")
    sessions = [session("s1", "lecturer_a"), session("s2", "lecturer_b")]
    assert match([cluster], sessions, 8)[0].session_id == "s1"
    assert match([cluster], sessions[1:], 8)[0].session_id == "s2"


def test_a_question_a_person_put_aside_is_not_matched_again() -> None:
    cluster = Cluster("c", "question", TEXTS[2], (asked(0, TEXTS[2]),)).in_session(None)
    assert match([cluster], [session("s2", "lecturer_b")], 8)[0].session_id is None


def test_a_new_question_joins_the_cluster_that_is_with_a_lecturer_already() -> None:
    term = Term()
    term.asked, term.sessions, term.released = [asked(0, TEXTS[0])], [session("s1", "lecturer_a")], True
    term.arrange()
    first = {cluster.handover_id for cluster in term.clusters}
    term.asked.append(asked(1, TEXTS[1]))
    term.arrange()
    assert {cluster.handover_id for cluster in term.clusters} == first
    assert [len(cluster.members) for cluster in term.clusters] == [2]


def test_self_study_answers_no_questions() -> None:
    cluster = Cluster("c", "question", TEXTS[2], (asked(0, TEXTS[2]),))
    assert match([cluster], [replace(session("s2", None), form="self_study")], 8)[0].session_id is None


def test_a_receipt_is_due_before_the_session_where_that_can_still_be() -> None:
    today = date(2020, 5, 11)
    assert receipt_due(today, date(2020, 5, 18), 3) == date(2020, 5, 14)
    assert receipt_due(today, date(2020, 5, 13), 3) == date(2020, 5, 12)
    assert receipt_due(today, date(2020, 5, 11), 3) == today
