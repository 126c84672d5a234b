"""Reading the event log page by page, for readers who poll."""

from __future__ import annotations

from typing import Any

from gateway.events.log import EventLog
from shared.context import Context
from shared.errors import Invalid


class EventOperations:
    """The operation on the event log."""

    def __init__(self, log: EventLog) -> None:
        self._log = log

    def list_events(self, context: Context, request: dict[str, Any]) -> dict[str, Any]:
        """Return events after ``since`` (or the cursor), oldest first, and what was missed; newest first when asked."""
        limit, types = request["limit"], request.get("type", ())
        cursor = _cursor(request.get("cursor"))
        if request["newest"]:
            rows = self._log.newest(context.caller, cursor, types, limit + 1)
            return _page(rows, limit)
        seen = cursor or request.get("since")
        place = self._log.place()  # before the rows: what is logged in between is read by this page or the next
        gap = None if seen is None else place.gap_after(seen)
        page = _page(self._log.after(context.caller, seen or 0, types, limit + 1), limit)
        last = page["items"][-1]["sequence"] if page["items"] else 0
        page["next_since"] = last if page["next_cursor"] else max(last, place.head)
        return page | {"gap": None if gap is None else gap.to_wire()}


def _page(rows: list[dict[str, Any]], limit: int) -> dict[str, Any]:
    shown = rows[:limit]
    return {
        "items": [{"sequence": row["sequence"], "event": row["event"]} for row in shown],
        "next_cursor": f"s{shown[-1]['sequence']}" if len(rows) > limit else None,
        "next_since": None,
        "gap": None,
    }


def _cursor(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.startswith("s") and cursor[1:].isascii() and cursor[1:].isdigit() and len(cursor) < 20):
        raise Invalid(
            "游标无效，请使用上一页返回的 next_cursor",
            "the cursor is none of ours; send the next_cursor of the last page",
            fields={"cursor": ["unknown"]},
        )
    return int(cursor[1:])
