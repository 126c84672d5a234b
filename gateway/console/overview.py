"""Gathering the overview: the plan, its terms and how full they are, the days nothing is held, letters, news."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

from gateway.console.asking import Asking
from gateway.console.plan_year import Band, PlanYear, ProgrammeLine, TermBar
from gateway.console.wishes import PlanWishes, plan_wishes

_STATES = {"draft": "草案", "approved": "已审定", "placed": "已排期", "published": "已发布", "cancelled": "已取消"}


@dataclass
class Overview:
    """What the page shows. ``plan`` is ``None`` before there is any."""

    plan: PlanYear | None
    plans: list[dict[str, Any]]
    plan_id: str = ""
    state: str = ""
    version: int | None = None
    letters: int | None = None
    wishes: PlanWishes = field(default_factory=PlanWishes)
    term_names: dict[str, str] = field(default_factory=dict)
    unit_names: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def gather(asking: Asking, plan_id: str | None) -> Overview:
    """Return the overview of a plan, by default the newest one the caller may see."""
    plans = asking.rows("scheduling", "list_plans", limit=50)
    plans.sort(key=lambda plan: (plan.get("year") or 0, str(plan.get("plan_id"))), reverse=True)
    chosen = next((plan for plan in plans if plan["plan_id"] == plan_id), plans[0] if plans else None)
    if chosen is None:
        return Overview(None, [], missing=asking.missing)
    plan = asking.ask("scheduling", "get_plan", plan_id=chosen["plan_id"]) or chosen
    terms = _terms(asking, str(chosen["plan_id"]))
    year = int(plan.get("year") or (terms[0].starts_on.year if terms else date.min.year))
    letters = asking.ask("notification", "letters_summary")
    units = {row["unit_id"]: str(row["title"]) for row in asking.rows("enrollment", "list_units", limit=200)}
    return Overview(
        plan=PlanYear(
            year=year,
            title=str(plan.get("title") or f"{year}年度培训计划"),
            programmes=_programmes(plan, terms),
            terms=tuple(terms),
            bands=(*_holidays(asking, year), *_closed_days(asking, year)),
        ),
        plans=plans,
        plan_id=str(chosen["plan_id"]),
        state=_STATES.get(str(plan.get("state")), ""),
        version=plan.get("version"),
        letters=_letters(letters),
        wishes=plan_wishes(asking, plan, units),
        term_names={term.term_id: f"第{term.programme_ordinal}班 第{term.ordinal}期" for term in terms},
        unit_names=units,
        missing=asking.missing,
    )


def _terms(asking: Asking, plan_id: str) -> list[TermBar]:
    placed = {
        row["term_id"]: row
        for row in asking.rows("scheduling", "list_terms", plan_id=plan_id, limit=200)
        if row.get("starts_on") and row.get("ends_on") and row.get("state") != "cancelled"
    }
    fills = asking.ask("enrollment", "term_fill", plan_id=plan_id) or {"items": []}
    by_term = {row["term_id"]: row for row in fills["items"] if not row.get("cancelled")}
    found = []
    for term_id in placed.keys() | by_term.keys():
        row = {**by_term.get(term_id, {}), **placed.get(term_id, {})}
        fill = by_term.get(term_id, {})
        found.append(
            TermBar(
                term_id=term_id,
                programme_ordinal=int(row["programme_ordinal"]),
                ordinal=int(row["ordinal"]),
                starts_on=date.fromisoformat(row["starts_on"]),
                ends_on=date.fromisoformat(row["ends_on"]),
                capacity=int(row.get("capacity") or 0),
                nominated=int(fill.get("nominated") or 0),
                admitted=int(fill.get("admitted") or 0),
                room_title=str(row.get("room_title") or ""),
                due=str((row.get("due_reason") or {}).get("zh") or "须重新排期") if row.get("due") else "",
            )
        )
    return sorted(found, key=lambda term: (term.programme_ordinal, term.starts_on, term.ordinal))


def _programmes(plan: dict[str, Any], terms: list[TermBar]) -> tuple[ProgrammeLine, ...]:
    rows = plan.get("programmes")
    if not isinstance(rows, list):  # a list of plans only counts them
        rows = [{"ordinal": number, "title": f"第{number}班"} for number in {term.programme_ordinal for term in terms}]
    lines = []
    for row in rows:
        kind: Literal["training", "seminar"] = "seminar" if row.get("kind") == "seminar" else "training"
        planned, trainees = row.get("terms"), row.get("trainees")
        lines.append(
            ProgrammeLine(
                int(row["ordinal"]),
                str(row["title"]),
                kind,
                planned if isinstance(planned, int) else None,
                trainees if isinstance(trainees, int) else None,
            )
        )
    return tuple(sorted(lines, key=lambda line: line.ordinal))


def _holidays(asking: Asking, year: int) -> list[Band]:
    """Return the holidays of a year as the city's calendar has them, each as one band."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    calendar = asking.ask("scheduling", "list_calendar_days", from_day=first.isoformat(), to_day=last.isoformat())
    bands: list[Band] = []
    for row in (calendar or {"items": []})["items"]:
        if row["kind"] != "holiday" or not row.get("name"):
            continue
        day, name = date.fromisoformat(row["day"]), str(row["name"]["zh"])
        if bands and bands[-1].label == name and bands[-1].ends_on == day - timedelta(days=1):
            bands[-1] = Band(bands[-1].starts_on, day, name, "holiday")
        else:
            bands.append(Band(day, day, name, "holiday"))
    return bands


def _closed_days(asking: Asking, year: int) -> list[Band]:
    bands = []
    for row in asking.rows("scheduling", "list_blackouts"):
        starts_on, ends_on = date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])
        if starts_on.year <= year <= ends_on.year:
            label = str(row.get("title") or "停办")
            bands.append(Band(starts_on, ends_on, label, "closed"))
    return bands


def _letters(summary: dict[str, Any] | None) -> int | None:
    if summary is None:
        return None
    return sum(int(summary[kind].get("issued", 0)) for kind in ("transfer", "admission"))
