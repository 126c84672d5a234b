"""Rolling a plan forward into the draft of another year, with the schemes that are in force."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.plans import keep_draft
from services.scheduling.commands.schemes import write_scheme
from services.scheduling.contract.schemes import WriteScheme
from services.scheduling.domain.plan import plan_of
from services.scheduling.domain.plan_rolling import rolled
from services.scheduling.domain.wire import to_wire
from services.scheduling.queries.schemes import scheme_in_force
from services.scheduling.store import PLANS
from shared.contracts.schema import load
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.storage import Transaction

Document = dict[str, Any]


def roll_plan(tx: Transaction, request: dict[str, Any]) -> Document:
    """Make the draft of a later year from a plan; the plan itself stays as it is."""
    plan = plan_of(tx.rows(PLANS).get(request["plan_id"]))
    year = request["year"] or (plan.year or 0) + 1
    if plan.year is None or year <= plan.year:
        raise Invalid(
            f"只能滚动到原计划年度（{plan.year or '未填写'}）之后的年度，所给年度为{year}",
            f"a plan rolls forward to a year after its own ({plan.year or 'open'}), not to {year}",
            year=year,
        )
    after = rolled(plan, year, lambda: new_id("prog"))
    reply = keep_draft(tx, after, f"由{plan.year}年计划滚动生成")
    for old, new in zip(plan.programmes, after.programmes, strict=True):
        scheme = scheme_in_force(tx, old.programme_id)
        if scheme is not None:
            written = to_wire(scheme)
            for module in written["modules"]:
                module["module_id"] = None
                for course in module["courses"]:
                    course["course_id"] = None
            written |= {"programme_id": new.programme_id, "reason": f"沿用{plan.year}年培训方案"}
            write_scheme(tx, load(WriteScheme(), written))
    return reply
