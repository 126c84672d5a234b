"""The year's figures of letters and messages, each with the rows behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from services.notification.domain.acknowledgement import Acknowledgement
from services.notification.queries.letters import KIND_ZH
from services.notification.store import DELIVERIES, DISPATCHES, LETTERS, MESSAGES, PHONE_TASKS, TERMS
from shared.storage import View

Row = dict[str, Any]
_COLUMNS = {
    "kind": ("函件", "letter"), "issued": ("已印发", "issued"), "waiting": ("待生成或签发", "not out yet"),
    "unprintable": ("无法生成", "unprintable"), "superseded": ("已换新函", "superseded"), "void": ("已作废", "void"),
    "unit": ("单位", "unit"), "on_time": ("按时", "on time"), "late": ("逾期", "late"), "open": ("未回执", "open"),
    "channel": ("渠道", "channel"), "delivered": ("已送达", "delivered"), "failed": ("未送达", "failed"),
    "underway": ("在途", "under way"), "skipped": ("无法使用", "skipped"), "cancelled": ("已取消", "cancelled"),
    "state": ("状态", "state"), "count": ("数量", "count"),
}  # fmt: skip
_PHONE_ZH = {"open": "待分派", "assigned": "已分派", "done": "已办结", "cancelled": "已取消"}


def get_notification_figures(view: View, request: Row) -> Row:
    """Return the figures of one plan's terms; letters of cancelled terms count, for they were written."""
    terms = view.rows(TERMS).find({"plan_id": request["plan_id"]}, fields=("_id",))
    within = {"term_id": {"$in": sorted(row["_id"] for row in terms)}}
    letters = view.rows(LETTERS).find(
        within, fields=("kind", "state", "superseded_by", "unit_id", "unit_title", "acknowledgement")
    )
    messages = view.rows(MESSAGES).find(within, fields=("rule", "state", "dispatch_id"))
    return {
        "figures": [
            _letters(letters),
            _acknowledgements(letters),
            _deliveries(view, within),
            _dispatches(view, messages),
            _phone_tasks(view, within),
        ]
    }


def _letters(letters: Sequence[Row]) -> Row:
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    for row in letters:
        state = row["state"]
        if state == "void" or not row["superseded_by"]:
            by_kind[row["kind"]]["waiting" if state in ("registered", "printed") else state] += 1
        else:
            by_kind[row["kind"]]["superseded"] += 1
    keys = ("issued", "waiting", "unprintable", "superseded", "void")
    rows: list[Row] = [
        {"kind": KIND_ZH[kind], **{key: count[key] for key in keys}} for kind, count in sorted(by_kind.items())
    ]
    value = sum(row["issued"] for row in rows)
    return _figure("letters", ("现行函件", "letters that hold"), "items", value, ("kind", *keys), rows)


def _acknowledgements(letters: Sequence[Row]) -> Row:
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    titles = {}
    for row in letters:
        if row["state"] != "issued" or row["superseded_by"] or not row["acknowledgement"]:
            continue
        known = Acknowledgement.of_row(row["acknowledgement"])
        by_unit[row["unit_id"]]["open" if known.outstanding else "late" if known.late else "on_time"] += 1
        titles[row["unit_id"]] = row["unit_title"]
    keys = ("on_time", "late", "open")
    rows: list[Row] = [
        {"unit": titles[unit], **{key: count[key] for key in keys}} for unit, count in sorted(by_unit.items())
    ]
    total = sum(row[key] for row in rows for key in keys)
    value = round(100 * sum(row["on_time"] for row in rows) / total, 1) if total else None
    title = ("按时回执", "acknowledged in time")
    return _figure("acknowledgements", title, "percent", value, ("unit", *keys), rows)


_DELIVERY = {"queued": "underway", "sending": "underway", "delivered": "delivered", "failed": "failed",
             "cancelled": "cancelled"}  # fmt: skip


def _deliveries(view: View, within: Row) -> Row:
    by_channel: dict[str, Counter[str]] = defaultdict(Counter)
    for row in view.rows(DELIVERIES).find(within, fields=("channel", "state")):
        by_channel[row["channel"]][_DELIVERY[row["state"]]] += 1
    keys = ("delivered", "underway", "failed", "cancelled")
    return _by_channel("deliveries", ("函件送达", "letters delivered"), by_channel, keys)


_RUNG = {"waiting": "underway", "sending": "underway", "underway": "underway", "reached": "delivered",
         "failed": "failed", "skipped": "skipped"}  # fmt: skip


def _dispatches(view: View, messages: Sequence[Row]) -> Row:
    ids = sorted({row["dispatch_id"] for row in messages if row["dispatch_id"]})
    by_channel: dict[str, Counter[str]] = defaultdict(Counter)
    for row in view.rows(DISPATCHES).find({"_id": {"$in": ids}}, fields=("rungs",)):
        for rung in row["rungs"]:
            if rung["attempts"] or rung["state"] in ("reached", "failed", "skipped"):  # the ladder came that far
                by_channel[rung["channel"]][_RUNG[rung["state"]]] += 1
    keys = ("delivered", "underway", "failed", "skipped")
    return _by_channel("dispatches", ("通知消息送达", "messages that reached people"), by_channel, keys)


def _phone_tasks(view: View, within: Row) -> Row:
    found = Counter(row["state"] for row in view.rows(PHONE_TASKS).find(within, fields=("state",)))
    rows: list[Row] = [{"state": zh, "count": found[state]} for state, zh in _PHONE_ZH.items() if found[state]]
    value = sum(row["count"] for row in rows)
    return _figure("phone_tasks", ("电话任务", "phone tasks"), "items", value, ("state", "count"), rows)


def _by_channel(key: str, title: tuple[str, str], found: dict[str, Counter[str]], keys: tuple[str, ...]) -> Row:
    rows: list[Row] = [
        {"channel": channel, **{key: count[key] for key in keys}} for channel, count in sorted(found.items())
    ]
    value = sum(row["delivered"] for row in rows)
    return _figure(key, title, "items", value, ("channel", *keys), rows)


def _figure(
    key: str, title: tuple[str, str], unit: str, value: float | None, keys: Sequence[str], rows: list[Row]
) -> Row:
    columns = [{"key": each, "title": {"zh": _COLUMNS[each][0], "en": _COLUMNS[each][1]}} for each in keys]
    words = {"zh": title[0], "en": title[1]}
    return {"key": key, "title": words, "unit": unit, "value": value, "columns": columns, "rows": rows}
