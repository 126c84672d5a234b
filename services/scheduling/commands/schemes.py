"""Writing, submitting, approving and returning a training scheme."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from services.scheduling.contract.scheme_events import SCHEME_APPROVED
from services.scheduling.contract.schemes import SchemeNotSubmitted, SchemeSubmitted, SchemeUnfinished
from services.scheduling.domain.scheme import Scheme, scheme_of
from services.scheduling.domain.wire import to_wire
from services.scheduling.queries.schemes import blanks_of, programme_of, scheme_reply, version_of
from services.scheduling.store import SCHEME_VERSIONS, SCHEMES
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.storage import Transaction, exactly

Document = dict[str, Any]


def write_scheme(tx: Transaction, request: dict[str, Any]) -> Document:
    """Write a programme's scheme, or a new version of it; what is in force stays in force."""
    plan, programme = programme_of(tx, request["programme_id"])
    doc = tx.rows(SCHEMES).one({"programme_id": exactly(request["programme_id"])})
    known = scheme_of(doc["scheme"]) if doc else Scheme()
    after = _scheme(known, request)
    if doc is None:
        doc = {
            "_id": new_id("scheme"),
            "plan_id": plan["_id"],
            "programme_id": programme["programme_id"],
            "state": "draft",
            "number": 0,
            "in_force": None,
            "returned_because": None,
        }
    else:
        tx.expect(doc)
        _refuse_submitted(doc)
        if after == known:
            return scheme_reply(tx, doc)
    new = doc["number"] == 0
    doc |= {
        "programme_ordinal": programme["ordinal"],
        "programme_title": programme["title"],
        "state": "draft",
        "number": doc["number"] + 1,
        "scheme": to_wire(after),
    }
    (tx.rows(SCHEMES).insert if new else tx.rows(SCHEMES).save)(doc)
    _keep_version(tx, doc, request.get("reason"))
    return scheme_reply(tx, doc)


def submit_scheme(tx: Transaction, request: dict[str, Any]) -> Document:
    """Submit a finished scheme to the organisation department."""
    doc = tx.rows(SCHEMES).get(request["scheme_id"])
    tx.expect(doc)
    _refuse_submitted(doc)
    found = blanks_of(tx, doc)
    if found:
        raise SchemeUnfinished(
            f"培训方案还不能提交：{'；'.join(each.zh for each in found)}。请补全后再提交",
            f"the scheme cannot be submitted yet: {'; '.join(each.en for each in found)}",
            blanks=[{"path": each.path, "words": {"zh": each.zh, "en": each.en}} for each in found],
        )
    if doc["state"] == "approved":
        return scheme_reply(tx, doc)
    doc |= {"state": "submitted", "returned_because": None}
    return scheme_reply(tx, tx.rows(SCHEMES).save(doc))


def approve_scheme(tx: Transaction, request: dict[str, Any]) -> Document:
    """Approve a submitted scheme: its version is in force from now on."""
    doc = _submitted(tx, request["scheme_id"])
    doc |= {"state": "approved", "in_force": doc["number"]}
    tx.rows(SCHEMES).save(doc)
    version = version_of(tx, doc["_id"], doc["number"])
    tx.rows(SCHEME_VERSIONS).save({**version, "approved_at": tx.now, "approved_by": tx.caller.subject})
    scheme = scheme_of(doc["scheme"])
    data = {
        "scheme_id": doc["_id"],
        "plan_id": doc["plan_id"],
        "programme_id": doc["programme_id"],
        "version": doc["number"],
        "hours": scheme.hours,
        "budget": scheme.total,
    }
    tx.emit(SCHEME_APPROVED, data, subject=doc["_id"])
    return scheme_reply(tx, doc)


def return_scheme(tx: Transaction, request: dict[str, Any]) -> Document:
    """Send a submitted scheme back to the Party school."""
    doc = _submitted(tx, request["scheme_id"])
    doc |= {"state": "draft", "returned_because": request["reason"]}
    return scheme_reply(tx, tx.rows(SCHEMES).save(doc))


def _submitted(tx: Transaction, scheme_id: str) -> Document:
    doc = tx.rows(SCHEMES).get(scheme_id)
    tx.expect(doc)
    if doc["state"] != "submitted":
        raise SchemeNotSubmitted(
            f"第{doc['programme_ordinal']}班的培训方案未提交审批，不能批准或退回",
            f"the scheme of programme {doc['programme_ordinal']} is not submitted; it can be neither approved "
            "nor returned",
            scheme_id=doc["_id"],
            state=doc["state"],
        )
    return doc


def _refuse_submitted(doc: Document) -> None:
    if doc["state"] == "submitted":
        raise SchemeSubmitted(
            f"第{doc['programme_ordinal']}班的培训方案正在审批，请待市委组织部批准或退回后再改",
            f"the scheme of programme {doc['programme_ordinal']} awaits approval; change it once it is approved or "
            "returned",
            scheme_id=doc["_id"],
        )


def _scheme(known: Scheme, request: dict[str, Any]) -> Scheme:
    by_title: dict[tuple[str, str], list[str]] = defaultdict(list)
    for where, each in known.courses():
        by_title[where.title, each.title].append(each.course_id)
    module_ids = {module.title: module.module_id for module in known.modules}
    known_ids = {each.course_id for _, each in known.courses()}
    given = [course["course_id"] for module in request["modules"] for course in module["courses"]]
    _refuse_strange_courses([each for each in given if each], known_ids)
    taken = {each for each in given if each}
    modules = []
    for module in request["modules"]:
        courses = []
        for course in module["courses"]:
            same = (id for id in by_title[module["title"], course["title"]] if id not in taken)
            course_id = course["course_id"] or next(same, None) or new_id("course")
            taken.add(course_id)
            courses.append({**course, "course_id": course_id})
        module_id = module["module_id"] or module_ids.get(module["title"]) or new_id("module")
        modules.append({"module_id": module_id, "title": module["title"], "courses": courses})
    budget = [{"item": each["item"], "amount": f"{each['amount']:.2f}"} for each in request["budget"]]
    _refuse_doubles([each["item"] for each in budget])
    return scheme_of({"aims": request["aims"], "modules": modules, "budget": budget})


def _refuse_strange_courses(given: list[str], known: set[str]) -> None:
    wrong = sorted({each for each in given if each not in known or given.count(each) > 1})
    if wrong:
        raise Invalid(
            f"课程编号{'、'.join(wrong)}在本方案中不存在或出现多次；新课程请不要填写编号",
            f"the courses {', '.join(wrong)} are not in this scheme or stand twice; leave the identifier out for a new "
            "one",
            course_ids=wrong,
        )


def _refuse_doubles(items: list[str]) -> None:
    doubled = sorted({each for each in items if items.count(each) > 1})
    if doubled:
        raise Invalid(
            f"经费项目{'、'.join(doubled)}出现多次，请合并",
            f"the budget items {', '.join(doubled)} stand twice; put them together",
            items=doubled,
        )


def _keep_version(tx: Transaction, doc: Document, reason: str | None) -> None:
    tx.rows(SCHEME_VERSIONS).insert(
        {
            "_id": f"{doc['_id']}.{doc['number']:06}",
            "scheme_id": doc["_id"],
            "number": doc["number"],
            "scheme": doc["scheme"],
            "changed_at": tx.now,
            "changed_by": tx.caller.subject,
            "reason": reason,
            "approved_at": None,
            "approved_by": None,
        }
    )
