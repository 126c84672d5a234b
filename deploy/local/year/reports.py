"""Research reports: topics, drafts and versions, submission, blind reviews, grades, and the best-of collection."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from deploy.local.year.people import ids, trainees
from deploy.local.year.schemes import theme_of
from deploy.local.year.teaching import lecturer_id
from deploy.local.year.writings import report
from services.outcomes.contract.report_collections import COMPILE_COLLECTION
from services.outcomes.contract.reports import (
    CHOOSE_TOPIC,
    FILE_REPORT_VERSION,
    LIST_REPORTS,
    RETURN_REPORT,
    SUBMIT_REPORT,
)
from services.outcomes.contract.reviews import (
    ASSIGN_REVIEWS,
    DECIDE_OBJECTION,
    LIST_REVIEWS,
    OBJECT_TO_GRADE,
    PUT_PANEL,
    RETURN_REVIEW,
)
from services.outcomes.contract.similarities import CLEAR_SIMILARITY
from services.outcomes.contract.topics import PROPOSE_TOPIC

_TWICE = 3
"""So many authors send a second version before they submit."""
_WRITING = timedelta(days=9)
_REVIEWING = timedelta(days=16)
_PANEL = 6
_CRITERIA = ("problem", "evidence", "analysis", "measures")


def write_reports(journey: Journey, term: dict[str, Any], most: int | None = None) -> str:
    """Have everybody of a term, or the first so many, choose a topic, send a report, and submit it signed as theirs."""
    journey.go_on_until(date.fromisoformat(term["ends_on"]) + _WRITING)
    which = {"term_id": term["term_id"]}
    theme = theme_of(term["programme_title"])
    topics = [
        journey.cast.school.call(
            PROPOSE_TOPIC, {**which, "title": f"{theme}：{word}"}, step=f"topic/{term['term_id']}/{number}"
        )["topic_id"]
        for number, word in enumerate(("本单位落实情况调研", "重点难点问题与对策", "典型案例剖析"))
    ]
    people = journey.remembered(f"authors/{term['term_id']}", lambda: ids(trainees(journey, term["term_id"]))[:most])

    def write(entry: tuple[int, str]) -> None:
        number, who = entry
        author, title = journey.cast.trainee(who), f"关于{theme}的调研报告（{number + 1}）"
        choice = {"topic_id": topics[number % len(topics)]}
        author.call(CHOOSE_TOPIC, choice, step=f"report/{who}/topic")
        versions = 2 if number < _TWICE else 1
        for version in range(1, versions + 1):
            sheet = report(title, number * 10 + version)
            filed = author.call(
                FILE_REPORT_VERSION, {"title": title, "filename": sheet.name}, file=sheet,
                step=f"report/{who}/{version}",
            )  # fmt: skip
        put = {"report_id": filed["report_id"], "number": versions, "authorship": True}
        author.call(SUBMIT_REPORT, put, step=f"report/{who}/submission")

    journey.each(enumerate(people), write)
    journey.settle()  # each is made blind and compared with the others
    _mend(journey, people[-1], f"关于{theme}的调研报告（{len(people)}）")
    journey.settle()
    return f"{len(people)} 份研究报告，1 份退回修改后重交"


def _mend(journey: Journey, who: str, title: str) -> None:
    author, sheet = journey.cast.trainee(who), report(title, 1000)
    submitted = journey.answers.get(f"report/{who}/submission") or {}
    which = {"report_id": submitted["report_id"]}
    note = {**which, "note": "数据来源未注明，请补充后重新提交"}
    journey.cast.school.call(RETURN_REPORT, note, step=f"report/{who}/returned")
    mended = {"title": title, "filename": sheet.name}
    filed = author.call(FILE_REPORT_VERSION, mended, file=sheet, step=f"report/{who}/mended")
    put = {**which, "number": filed["versions"], "authorship": True}
    author.call(SUBMIT_REPORT, put, step=f"report/{who}/resubmission")


def review_reports(journey: Journey, term: dict[str, Any], after: timedelta = _REVIEWING) -> str:
    """Have a panel of lecturers review blind, so long after the term, and bind the excellent ones."""
    journey.go_on_until(date.fromisoformat(term["ends_on"]) + after)
    school, which = journey.cast.school, {"term_id": term["term_id"]}
    panel = [{"lecturer_id": lecturer_id(number)} for number in range(_PANEL)]
    school.call(PUT_PANEL, {**which, "members": panel}, step=f"panel/{term['term_id']}")
    _clear_held(journey, which)
    school.call(ASSIGN_REVIEWS, which, step=f"reviews/{term['term_id']}")
    rows = list(school.pages(LIST_REVIEWS, {**which, "state": "open"}))
    places = _places(journey, which)
    journey.each(rows, lambda row: _give(journey, places[row["report_id"]], row))
    graded = wait_until(lambda: _graded(journey, which), "研究报告全部评定", "every report graded")
    _object(journey, journey.remembered("grade/objector", lambda: min(graded, key=journey.order)))
    request = {**which, "title": f"{theme_of(term['programme_title'])}优秀研究报告汇编"}
    school.call(COMPILE_COLLECTION, request, step=f"collection/{term['term_id']}")
    excellent = sum(row["grade"] == "excellent" for row in graded)
    return f"{len(rows)} 份盲评意见，{len(graded)} 份评定，{excellent} 份优秀汇编成册"


def _object(journey: Journey, row: dict[str, Any]) -> None:
    said = {"report_id": row["report_id"], "reason": "评语未提及第三部分的调查数据，请复核。"}
    journey.cast.trainee(row["nomination_id"]).call(OBJECT_TO_GRADE, said, step="grade/objection")
    answer = {
        "report_id": row["report_id"],
        "upheld": False,
        "answer": "经核对两份评阅意见，成绩评定无误，维持原等次。",
    }
    journey.cast.school.call(DECIDE_OBJECTION, answer, step="grade/decision")


def _clear_held(journey: Journey, which: dict[str, str]) -> None:
    for row in journey.cast.school.pages(LIST_REPORTS, {**which, "state": "held"}):
        word = {"report_id": row["report_id"], "note": "相同部分为政策引文，予以放行"}
        journey.cast.school.call(CLEAR_SIMILARITY, word, step=f"report/{row['report_id']}/cleared")


def _places(journey: Journey, which: dict[str, str]) -> dict[str, int]:
    """Return the place of each report among those of the term, in the order of their authors."""
    rows = sorted(_handed_in(journey, which), key=journey.order)
    return {row["report_id"]: place for place, row in enumerate(rows)}


def _give(journey: Journey, number: int, row: dict[str, Any]) -> None:
    mark = 92 - number % 15
    scores = [{"criterion": criterion, "score": mark + shift} for shift, criterion in enumerate(_CRITERIA)]
    request = {"review_id": row["review_id"], "scores": scores, "comment": "选题准确，调查扎实，建议可操作。"}
    journey.cast.lecturer(row["lecturer_id"]).call(
        RETURN_REVIEW, request, step=f"review/{row['review_id']}"
    )  # fmt: skip


def _graded(journey: Journey, which: dict[str, str]) -> list[dict[str, Any]] | None:
    rows = _handed_in(journey, which)
    return rows if rows and all(row["grade"] is not None for row in rows) else None


def _handed_in(journey: Journey, which: dict[str, str]) -> list[dict[str, Any]]:
    return [row for row in journey.cast.school.pages(LIST_REPORTS, which) if row["submitted_at"] is not None]
