"""Reports on a real store: sent as files, submitted in time or late, compared, held, returned, annulled."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.outcomes import contract
from services.outcomes.commands import preparing
from shared.errors import Fault, Forbidden, Invalid, NotFound, Unavailable
from shared.security.caller import Caller
from shared.storage import View
from tests.fixtures.reports import changed, parts_of, portable, word
from tests.integration.outcomes.conftest import (
    AUDITOR,
    DONGHU,
    NANSHAN,
    ORGANISATION,
    SCHOOL,
    City,
    lecturer,
    trainee,
    unit,
)

WANG, LI, OUYANG = (trainee(f"nomination_{number}") for number in (1, 2, 3))
BODY = (
    "本报告以网格化管理为对象，走访十二个社区，访谈网格员四十六名，梳理出职责不清、数据重复采集、考核重留痕轻实效三个突出问题。"
    "网格员平均每天填写各类表格七张，其中五张内容重复，挤占了入户走访的时间；街道与部门之间缺少统一的数据标准。"
    "建议由市级统一数据标准，建立一次采集、多方共用的机制，并把群众办事满意度作为考核的主要依据，逐步减少台账。"
)
OTHER = (
    "医疗联合体建设三年来，基层首诊率由百分之四十一提高到百分之五十八，但上下级机构之间检验结果互认仍不充分。"
    "调研发现，设备型号不一、质控标准不一是主要原因；患者重复检查的支出约占次均费用的百分之九。"
    "建议先在血常规、生化等二十个项目推行互认清单，由质控中心每季度抽检并公布结果，同步调整医保支付办法。"
)


def send(
    city: City, author: Caller, content: bytes, filename: str = "调研报告.docx", title: str = "网格化管理研究"
) -> Any:
    request = {"file": base64.b64encode(content).decode(), "filename": filename, "title": title}
    return city.call(contract.FILE_REPORT_VERSION, request, author)


def submit(city: City, author: Caller, report: dict[str, Any], number: int = 1, authorship: bool = True) -> Any:
    request = {"report_id": report["report_id"], "number": number, "authorship": authorship}
    return city.call(contract.SUBMIT_REPORT, request, author)


def prepare(city: City) -> None:
    """Let the service hear its own news, as its queue would."""
    for each in city.outcomes.take():
        if each.type == contract.REPORT_SUBMITTED.type:
            city.outcomes.deliver(contract.REPORT_SUBMITTED, each.data, event_id=each.id)


def submitted(city: City, sender: Caller, *paragraphs: str, **properties: Any) -> dict[str, Any]:
    report = send(city, sender, word(*paragraphs, **properties))
    submit(city, sender, report)
    prepare(city)
    return shown(city, report["report_id"])


def shown(city: City, report_id: str, caller: Caller = SCHOOL) -> dict[str, Any]:
    found: dict[str, Any] = city.call(contract.GET_REPORT, {"report_id": report_id}, caller)
    return found


def reports(city: City, caller: Caller = SCHOOL, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = city.call(contract.LIST_REPORTS, wanted, caller)["items"]
    return found


def reason(city: City, content: bytes, filename: str = "报告.docx", title: str = "网格化管理研究") -> str:
    with pytest.raises(Fault) as refused:
        send(city, WANG, content, filename, title)
    return str(refused.value.details.get("reason", refused.value.code))


def test_versions_are_kept_one_by_one_and_come_back_as_they_were_sent(admitted: City) -> None:
    first, second = word(BODY), portable(BODY)
    send(admitted, WANG, first)
    report = send(admitted, WANG, second, "终稿.exe")
    assert [(each["number"], each["filename"]) for each in report["files"]] == [(1, "调研报告.docx"), (2, "终稿.pdf")]
    for number, content in ((1, first), (2, second)):
        request = {"report_id": report["report_id"], "number": number}
        file = admitted.call(contract.GET_REPORT_FILE, request, WANG)
        assert base64.b64decode(file["content"]) == content
    assert report["state"] == "drafting"


def test_what_is_stored_of_a_report_is_sealed(admitted: City) -> None:
    send(admitted, WANG, BODY.encode(), "报告.txt")
    view = admitted.outcomes.store.view(admitted.outcomes.kit.own_context())
    from services.outcomes.store import REPORT_PARTS

    assert {repr(row["content"]) for row in view.rows(REPORT_PARTS).find()} == {"<sealed content>"}


def test_files_that_are_no_safe_report_are_refused_and_nothing_is_kept(admitted: City) -> None:
    macro = changed(word(BODY), lambda parts: parts.update({"word/vbaProject.bin": b"x"}))
    assert reason(admitted, macro) == "macros"
    assert reason(admitted, word("太短")) == "no-text"
    assert reason(admitted, b"\x00" * (8388608 + 1)) == "file-size"
    assert reason(admitted, b"MZ program") == "program"
    request = {"file": "not base64!", "title": "网格化管理研究"}
    with pytest.raises(contract.NotAReport):
        admitted.call(contract.FILE_REPORT_VERSION, request, WANG)
    assert reports(admitted) == []


def test_security_markings_are_refused_wherever_they_stand(admitted: City) -> None:
    code = contract.Classified.code
    assert reason(admitted, word("机密★1年", BODY)) == code
    assert reason(admitted, word(BODY, header="秘密★5年")) == code
    assert reason(admitted, word(BODY), filename="【秘密】报告.docx") == code
    assert reason(admitted, word(BODY), title="密级：机密 网格化研究") == code
    assert send(admitted, WANG, word(BODY + "要严守国家秘密和商业秘密。"))["versions"] == 1


def test_a_report_is_submitted_with_its_statement_and_only_then(admitted: City) -> None:
    report = send(admitted, WANG, word(BODY))
    with pytest.raises(contract.AuthorshipNotStated):
        submit(admitted, WANG, report, authorship=False)
    with pytest.raises(NotFound):
        submit(admitted, WANG, report, number=2)
    done = submit(admitted, WANG, report)
    assert (done["state"], done["late"]) == ("submitted", False)
    assert "独立撰写" in done["statement"]
    with pytest.raises(contract.WrongState):
        submit(admitted, WANG, report)
    with pytest.raises(contract.WrongState):
        send(admitted, WANG, word(BODY))


def test_a_copied_report_is_held_and_its_passages_are_shown(admitted: City) -> None:
    first = submitted(admitted, LI, BODY)
    assert (first["state"], first["similarity"]) == ("ready", 0)
    copied = submitted(admitted, OUYANG, "南山区的情况如下。", BODY, "以上是本人思考。")
    assert copied["state"] == "held"
    found = admitted.call(contract.GET_SIMILARITY, {"report_id": copied["report_id"]})
    assert found["percent"] == copied["similarity"] > 80
    (source,) = found["sources"]
    assert source["nomination_id"] == "nomination_2"
    assert source["passages"][0]["text"].strip("。") in BODY
    back = admitted.call(contract.GET_SIMILARITY, {"report_id": first["report_id"]})
    assert (back["sources"], back["found_in"]) == ([], [copied["report_id"]])


def test_of_two_copies_prepared_at_once_one_is_held_also_when_its_news_comes_again(
    admitted: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (send(admitted, author, word(BODY)) for author in (LI, OUYANG))
    submit(admitted, LI, first)
    submit(admitted, OUYANG, second)
    one, other = [each for each in admitted.outcomes.take() if each.type == contract.REPORT_SUBMITTED.type]
    look = preparing.candidates
    looked: list[str] = []

    def look_while_the_other_is_prepared(view: View, report_id: str, mine: list[int]) -> dict[str, str]:
        found = look(view, report_id, mine)
        looked.append(report_id)
        if len(looked) == 1:
            admitted.outcomes.deliver(contract.REPORT_SUBMITTED, other.data, event_id=other.id)
            raise ConnectionError("the process ends here")
        return found

    monkeypatch.setattr(preparing, "candidates", look_while_the_other_is_prepared)
    with pytest.raises(ConnectionError):
        admitted.outcomes.deliver(contract.REPORT_SUBMITTED, one.data, event_id=one.id)
    assert shown(admitted, second["report_id"])["state"] == "held"
    for _ in range(2):
        admitted.outcomes.deliver(contract.REPORT_SUBMITTED, one.data, event_id=one.id)
    assert shown(admitted, first["report_id"])["similarity"] == 100
    assert looked == [first["report_id"], second["report_id"], first["report_id"]]


def test_a_held_report_goes_on_by_a_persons_word_or_back_to_its_author(admitted: City) -> None:
    submitted(admitted, LI, BODY)
    held = submitted(admitted, OUYANG, BODY)
    note = {"report_id": held["report_id"], "note": "引用处已注明出处"}
    assert admitted.call(contract.CLEAR_SIMILARITY, note)["state"] == "ready"
    back = admitted.call(contract.RETURN_REPORT, {**note, "note": "请补充本单位情况"})
    assert back["state"] == "drafting"
    assert admitted.outcomes.emitted(contract.REPORT_RETURNED)[0].data["nomination_id"] == "nomination_3"
    assert back["due_on"] == "2020-06-06"
    admitted.at("2020-06-20T08:00:00+08:00")
    with pytest.raises(contract.ReportTooLate):
        submit(admitted, OUYANG, held)
    admitted.at("2020-06-06T08:00:00+08:00")
    again = send(admitted, OUYANG, word(OTHER))
    submit(admitted, OUYANG, again, number=2)
    prepare(admitted)
    assert (shown(admitted, again["report_id"])["state"], shown(admitted, again["report_id"])["similarity"]) == (
        "ready",
        0,
    )


def test_an_earlier_version_of_ones_own_is_no_source(admitted: City) -> None:
    report = submitted(admitted, WANG, BODY)
    admitted.call(contract.RETURN_REPORT, {"report_id": report["report_id"], "note": "请完善"})
    send(admitted, WANG, word(BODY, "补充一段。"))
    submit(admitted, WANG, report, number=2)
    prepare(admitted)
    assert shown(admitted, report["report_id"])["similarity"] == 0


def test_preparing_waits_while_enrollment_does_not_answer_and_is_done_once(admitted: City) -> None:
    report = send(admitted, WANG, word(BODY))
    submit(admitted, WANG, report)
    (told,) = admitted.outcomes.take()[-1:]
    asking = admitted.outcomes.equipment.asking
    answers = dict(asking._answers)  # type: ignore[attr-defined]
    asking._answers.clear()  # type: ignore[attr-defined]
    with pytest.raises(Unavailable):
        admitted.outcomes.deliver(contract.REPORT_SUBMITTED, told.data, event_id=told.id)
    asking._answers.update(answers)  # type: ignore[attr-defined]
    for _ in range(2):
        admitted.outcomes.deliver(contract.REPORT_SUBMITTED, told.data, event_id=told.id)
    assert shown(admitted, report["report_id"])["state"] == "ready"


def test_topics_are_proposed_approved_and_chosen_up_to_their_places(admitted: City) -> None:
    narrow = admitted.call(contract.PROPOSE_TOPIC, {"term_id": "term_1", "title": "基层减负", "places": 1})
    wish = admitted.call(contract.PROPOSE_TOPIC, {"title": "网格化管理"}, WANG)
    assert (narrow["state"], wish["state"], wish["own"]) == ("approved", "proposed", True)
    assert [each["title"] for each in admitted.call(contract.LIST_TOPICS, {}, OUYANG)["items"]] == ["基层减负"]
    with pytest.raises(NotFound):
        admitted.call(contract.CHOOSE_TOPIC, {"topic_id": wish["topic_id"]}, WANG)
    with pytest.raises(Invalid):
        admitted.call(contract.DECIDE_TOPIC, {"topic_id": wish["topic_id"], "approved": False})
    admitted.call(contract.DECIDE_TOPIC, {"topic_id": wish["topic_id"], "approved": True})
    with pytest.raises(contract.WrongState):
        admitted.call(contract.DECIDE_TOPIC, {"topic_id": wish["topic_id"], "approved": True})
    admitted.call(contract.CHOOSE_TOPIC, {"topic_id": narrow["topic_id"]}, WANG)
    with pytest.raises(contract.TopicTaken):
        admitted.call(contract.CHOOSE_TOPIC, {"topic_id": narrow["topic_id"]}, LI)
    admitted.call(contract.CHOOSE_TOPIC, {"topic_id": wish["topic_id"]}, WANG)
    admitted.call(contract.CHOOSE_TOPIC, {"topic_id": narrow["topic_id"]}, LI)
    counted = {each["title"]: each["chosen"] for each in admitted.call(contract.LIST_TOPICS)["items"]}
    assert counted == {"基层减负": 1, "网格化管理": 1}


def test_the_place_of_somebody_who_withdrew_is_given_back(admitted: City) -> None:
    topic = admitted.call(contract.PROPOSE_TOPIC, {"term_id": "term_1", "title": "基层减负", "places": 1})
    choice = {"topic_id": topic["topic_id"]}
    admitted.call(contract.CHOOSE_TOPIC, choice, WANG)
    gone = {"nomination_id": "nomination_1", "term_id": "term_1", "unit_id": DONGHU, "reason_code": "duty"}
    for _ in range(2):
        admitted.outcomes.deliver(NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})
    assert admitted.call(contract.CHOOSE_TOPIC, choice, LI)["topic_id"] == topic["topic_id"]
    with pytest.raises(contract.TopicTaken):
        admitted.call(contract.CHOOSE_TOPIC, choice, OUYANG)


def test_a_trainee_proposes_for_the_own_term_only(admitted: City) -> None:
    with pytest.raises(Invalid):
        admitted.call(contract.PROPOSE_TOPIC, {"title": "基层减负", "term_id": "term_2"}, WANG)
    with pytest.raises(Invalid):
        admitted.call(contract.PROPOSE_TOPIC, {"title": "基层减负"})


def test_a_unit_sees_how_far_its_people_are_and_not_what_they_wrote(admitted: City) -> None:
    report = submitted(admitted, WANG, BODY)
    (row,) = reports(admitted, unit(DONGHU))
    assert (row["state"], row["late"], row["report_id"]) == ("ready", False, report["report_id"])
    seen = shown(admitted, report["report_id"], unit(DONGHU))
    assert [seen[each] for each in ("files", "statement", "note", "comments", "objection")] == [None] * 5
    assert reports(admitted, unit(NANSHAN)) == []
    with pytest.raises(NotFound):
        shown(admitted, report["report_id"], unit(NANSHAN))
    for caller in (unit(DONGHU), AUDITOR, lecturer("lecturer_a")):
        with pytest.raises(Forbidden):
            admitted.call(contract.GET_REPORT_FILE, {"report_id": report["report_id"]}, caller)


def test_a_trainee_reaches_the_own_report_and_no_other(admitted: City) -> None:
    report = send(admitted, WANG, word(BODY))
    assert [each["report_id"] for each in reports(admitted, WANG)] == [report["report_id"]]
    assert reports(admitted, LI) == []
    for operation in (contract.GET_REPORT, contract.GET_REPORT_FILE):
        with pytest.raises(NotFound):
            admitted.call(operation, {"report_id": report["report_id"]}, LI)
    with pytest.raises(NotFound):
        submit(admitted, LI, report)
    with pytest.raises(NotFound):
        send(admitted, trainee("nomination_9"), word(BODY))


def test_nobody_but_the_author_sends_or_submits_and_nobody_but_the_school_decides(admitted: City) -> None:
    report = send(admitted, WANG, word(BODY))
    for caller in (SCHOOL, ORGANISATION, unit(DONGHU), lecturer("lecturer_a"), AUDITOR):
        with pytest.raises(Forbidden):
            send(admitted, caller, word(BODY))
        with pytest.raises(Forbidden):
            submit(admitted, caller, report)
    for caller in (ORGANISATION, unit(DONGHU), WANG):
        with pytest.raises(Forbidden):
            admitted.call(contract.RETURN_REPORT, {"report_id": report["report_id"], "note": "退回"}, caller)
    for caller in (unit(DONGHU), WANG, AUDITOR):
        with pytest.raises(Forbidden):
            admitted.call(contract.GET_SIMILARITY, {"report_id": report["report_id"]}, caller)


def test_an_annulled_report_did_not_pass(admitted: City) -> None:
    report = submitted(admitted, WANG, BODY)
    request = {"report_id": report["report_id"], "reason_code": "ghost_written", "note": "经核实系代写"}
    assert admitted.call(contract.ANNUL_REPORT, request)["grade"] == "annulled"
    (told,) = admitted.outcomes.emitted(contract.REPORT_GRADED)
    assert (told.data["grade"], told.data["passed"]) == ("annulled", False)


def test_the_report_of_somebody_who_withdrew_goes_no_further(admitted: City) -> None:
    report = submitted(admitted, WANG, BODY)
    gone = {"nomination_id": "nomination_1", "term_id": "term_1", "unit_id": DONGHU, "reason_code": "duty"}
    admitted.outcomes.deliver(NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})
    assert shown(admitted, report["report_id"])["state"] == "withdrawn"
    with pytest.raises(NotFound):
        send(admitted, WANG, word(BODY))


def test_the_blind_copy_names_neither_author_nor_unit(admitted: City) -> None:
    from services.outcomes.store.reports import copy_of

    report = submitted(admitted, WANG, "作者：王建国", "东湖区卫生健康局的做法。", BODY, author="王建国")
    view = admitted.outcomes.store.view(admitted.outcomes.kit.own_context())
    copy = copy_of(view, report["report_id"], "1/blind", "test")
    everything = b"".join(parts_of(copy).values()).decode("utf-8", "replace")
    assert not [each for each in ("王建国", "东湖区") if each in everything]


def test_a_version_sent_again_with_its_key_is_answered_as_before_though_the_report_went_on(admitted: City) -> None:
    request = {"file": base64.b64encode(word(BODY)).decode(), "filename": "调研报告.docx", "title": "网格化管理研究"}
    first = admitted.outcomes.call(contract.FILE_REPORT_VERSION, request, caller=WANG, command_id="k")
    submit(admitted, WANG, first)
    assert admitted.outcomes.call(contract.FILE_REPORT_VERSION, request, caller=WANG, command_id="k") == first
    assert shown(admitted, first["report_id"])["versions"] == 1
    with pytest.raises(Fault):
        send(admitted, WANG, word(BODY))
