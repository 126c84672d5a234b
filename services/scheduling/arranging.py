"""Drafts of some terms, laid out anew by a timetable scheduler: asked for here, taken over when the solve concludes."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from services.scheduling.answering import placed_sessions
from services.scheduling.commands.timetable_drafts import draft_from_scheme, keep_draft, placed_term, timetable_of
from services.scheduling.commands.timetable_sessions import let_follow
from services.scheduling.commands.timetable_solves import request_solve, solve_problem, solved_timetable
from services.scheduling.demanding import Demand, demand_of
from services.scheduling.domain.timetable import Session, Table, table_of, table_wire
from services.scheduling.domain.timetable_fill import Piece, Slot
from services.scheduling.domain.timetable_setting import Setting, Tables
from services.scheduling.leftovers import Leftovers, leftovers_of
from services.scheduling.placing import require_scheduler
from services.scheduling.queries.schemes import scheme_in_force
from services.scheduling.rooms_offered import Wish
from services.scheduling.settling import settled
from services.scheduling.store import ARRANGEMENTS, TERMS, TIMETABLES
from services.scheduling.tabling import setting_of
from services.scheduling.teaching import live_invitations
from services.scheduling.timetable.scheduler import CAPABILITY
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.messaging import Call
from shared.runtime import Kit
from shared.storage import Transaction, exactly

Document = dict[str, Any]
_FOR = "timetable-drafts"


def ask_for_drafts(kit: Kit, call: Call) -> dict[str, Any]:
    """Write the solve down that is to make the drafts. Raises ``SchedulerUnknown``."""
    require_scheduler(kit.plugins, call.request["scheduler"], CAPABILITY)
    return kit.command(call, arrange)


def arrange(tx: Transaction, request: dict[str, Any]) -> Document:
    """Let a scheduler lay out the drafts of some terms together; a term without one gets the scheme's first."""
    terms, drafts = [], {}
    for term_id in dict.fromkeys(request["term_ids"]):
        term = placed_term(tx, term_id)
        doc = timetable_of(tx, term)
        if doc["draft"] is None:
            doc = draft_from_scheme(tx, term, doc)
        terms.append(term)
        drafts[term_id] = doc
    tables = {id: table_of(doc["draft"]["sessions"]) for id, doc in drafts.items()}
    setting, keep = setting_of(tx, terms, tables.values(), drafted=True), set(request["keep"])
    leftovers = {term["_id"]: _leftovers(tx, setting, term, drafts[term["_id"]], keep) for term in terms}
    added = {id: _somewhere(setting, id, each.pieces) for id, each in leftovers.items()}
    tables = _with_those_asked(tx, setting, {id: (*table, *added[id]) for id, table in tables.items()})
    demand = demand_of(setting, tables, keep, _wishes(tx, terms))
    _refuse_strangers(demand, request["keep"])
    solve = request_solve(
        tx,
        demand.problem,
        scheduler=request["scheduler"],
        seconds=request["seconds"],
        seed=request["seed"],
        subject_id=_FOR,
    )
    parts = {id: _parted(table, added[id]) for id, table in tables.items()}
    tx.rows(ARRANGEMENTS).insert(
        {
            "_id": solve["_id"],
            "term_ids": list(drafts),
            "sittings": {id: list(of) for id, of in demand.sittings.items()},
            "added": {id: table_wire(more) for id, (_, more) in parts.items()},
            "left_out": {id: list(each.the_rest) for id, each in leftovers.items()},
        }
    )
    for term_id, doc in drafts.items():
        keep_draft(tx, doc, parts[term_id][0], leftovers[term_id].rows, solve_id=solve["_id"])
    return {"solve_id": solve["_id"], "term_ids": list(drafts), "lectures": solve["lectures"]}


def take_over(tx: Transaction, data: dict[str, Any]) -> None:
    """Put the sessions of the drafts where the scheduler put them; without an answer they stay as they are."""
    if data["subject_id"] != _FOR:
        return
    arrangement = tx.rows(ARRANGEMENTS).get(data["solve_id"])
    solved = solved_timetable(tx, data["solve_id"])
    if solved is None:
        return
    problem = solve_problem(tx, data["solve_id"])
    solved = settled(problem, solved)
    moved: dict[str, list[Session]] = {}
    for term_id in arrangement["term_ids"]:
        doc = tx.rows(TIMETABLES).one({"_id": exactly(term_id)})
        term = tx.rows(TERMS).get(term_id)
        # Another solve was asked for, the term moved or cancelled, or the draft changed, issued or dropped meanwhile:
        # that is what the planner meant.
        if term["state"] != "placed" or doc is None or doc["draft"] is None or doc["solve_id"] != data["solve_id"]:
            continue
        before = table_of(doc["draft"]["sessions"])
        limits = setting_of(tx, [term]).limits
        # Those of the release before had nothing added.
        added = table_of(arrangement.get("added", {}).get(term_id, ()))
        left_out = arrangement.get("left_out", {}).get(term_id, doc["draft"]["left_out"])
        table = placed_sessions(problem, solved, arrangement["sittings"], (*before, *added), limits)
        keep_draft(tx, doc, table, left_out, solve_id=data["solve_id"])
        moved[term_id] = [each for each in table if each not in before]
    joint = {each.joint_id: each for sessions in moved.values() for each in sessions if each.joint_id}
    for leading in joint.values():
        let_follow(tx, moved, leading)


def _leftovers(tx: Transaction, setting: Setting, term: Document, doc: Document, keep: set[str]) -> Leftovers:
    scheme, table = scheme_in_force(tx, term["programme_id"]), table_of(doc["draft"]["sessions"])
    return leftovers_of(setting, term["_id"], table, doc["draft"]["left_out"], scheme, keep)


def _somewhere(setting: Setting, term_id: str, pieces: Iterable[Piece]) -> Table:
    """Return pieces as sessions on the first half-day of their term: where they come is for the scheduler to say."""
    term = setting.terms[term_id]
    slot: Slot = (term.days[0], "morning")
    return tuple(each.session(slot, 0, None, term.room_id, setting.limits, new_id("session")) for each in pieces)


def _parted(table: Table, added: Table) -> tuple[Table, Table]:
    ids = {each.session_id for each in added}
    return (
        tuple(each for each in table if each.session_id not in ids),
        tuple(each for each in table if each.session_id in ids),
    )


def _with_those_asked(tx: Transaction, setting: Setting, tables: Tables) -> dict[str, Table]:
    """Return tables with the lecturer asked for each course, also where the first layout had to leave it open.

    A joint lecture has the same for all its terms, and whoever it has in those that are not here.
    """
    elsewhere = {each.session.joint_id for each in setting.joint_partners}
    asked: dict[tuple[str, str], str] = {}
    for term_id, table in tables.items():
        by_course = {course_id: each["lecturer_id"] for course_id, each in live_invitations(tx, term_id).items()}
        for each in table:
            known = each.lecturer_id or by_course.get(each.course_id)
            if known is not None and each.joint_id not in elsewhere:
                asked.setdefault(_lecture(term_id, each), known)

    def named(term_id: str, session: Session) -> Session:
        if session.lecturer_id is not None or session.form == "self_study":
            return session
        return dataclasses.replace(session, lecturer_id=asked.get(_lecture(term_id, session)))

    return {term_id: tuple(named(term_id, each) for each in table) for term_id, table in tables.items()}


def _lecture(term_id: str, session: Session) -> tuple[str, str]:
    return ("", session.joint_id) if session.joint_id else (term_id, session.session_id)


def _wishes(tx: Transaction, terms: list[Document]) -> dict[str, Wish]:
    found = {}
    for programme_id in sorted({term["programme_id"] for term in terms}):
        scheme = scheme_in_force(tx, programme_id)
        for index, module in enumerate(scheme.modules if scheme else ()):
            for course in module.courses:
                found[course.course_id] = Wish(index, course.morning, course.room_kind)
    return found


def _refuse_strangers(demand: Demand, keep: list[str]) -> None:
    strangers = sorted(set(keep) - demand.session_ids)
    if strangers:
        raise Invalid(
            f"要保持不动的课次{'、'.join(strangers)}不在这些期的草稿中（晚间课次本来就不动）",
            f"the sessions to keep, {', '.join(strangers)}, are not in these drafts (evenings stay anyway)",
            session_ids=strangers,
        )
