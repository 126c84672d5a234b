"""The report's page and its workbook; opened by a session of the console, or by a key for a program that keeps it."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from gateway.auth.identity import Identified
from gateway.console.asking import Asking
from gateway.http.replies import content_disposition
from gateway.parts import here
from gateway.report.book import year_workbook
from gateway.report.year import YearReport, gather
from shared.errors import NotFound, Unauthenticated
from shared.spreadsheets.workbooks import XLSX

report = Blueprint("report", __name__)

# A year is counted over thousands of rows.
_PATIENCE = timedelta(seconds=25)


@report.get("/console/report")
def page() -> str | BaseResponse:
    """Show the report of a plan, by default the newest one the caller may see."""
    try:
        identified = _identified()
    except Unauthenticated:
        if request.authorization is not None:
            raise
        return redirect(url_for("console.login"))
    asking = Asking(identified.caller, _PATIENCE)
    found, plans = _report(asking)
    return render_template(
        "report/year.html", session=identified.session, report=found, plans=plans, missing=asking.missing
    )


@report.get("/console/report.xlsx")
def workbook() -> Response:
    """Return the workbook of a plan's report."""
    found, _ = _report(Asking(_identified().caller, _PATIENCE))
    if found is None:
        raise NotFound("还没有年度培训计划，无报告可下载", "there is no plan, so there is no report to download")
    response = Response(year_workbook(found), mimetype=XLSX)
    response.headers["Content-Disposition"] = content_disposition(f"{found.title}-年度报告.xlsx")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _identified() -> Identified:
    identified = here().identity.identify(request)
    g.session, g.subject = identified.session, identified.caller.subject
    here().limiter.spend(identified.caller.subject)
    return identified


def _report(asking: Asking) -> tuple[YearReport | None, list[dict[str, object]]]:
    plans = asking.rows("scheduling", "list_plans", limit=50)
    plans.sort(key=lambda plan: (plan.get("year") or 0, str(plan["plan_id"])), reverse=True)
    wanted = request.args.get("plan")
    if not plans and "scheduling" in asking.away:  # who is admitted to which plan is known without it
        filled = asking.ask("enrollment", "term_fill") or {"items": []}
        known = sorted({str(each["plan_id"]) for each in filled["items"] if each.get("plan_id")}, reverse=True)
        plans = [{"plan_id": each, "year": None, "title": None} for each in known]
    plan = next((each for each in plans if each["plan_id"] == wanted), None if wanted or not plans else plans[0])
    return (None if plan is None else gather(asking, plan)), plans
