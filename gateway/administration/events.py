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
        place, gap = _place(request.get("cursor")), None
        if request["newest"]:
            rows = self._log.newest(context.caller, place, types, limit + 1)
        else:
            seen = place or request.get("since")
            gap = None if seen is None else self._log.place().gap_after(seen)
            rows = self._log.after(context.caller, seen or 0, types, limit + 1)
        more = len(rows) > limit
        rows = rows[:limit]
        items = [{"sequence": row["sequence"], "event": row["event"]} for row in rows]
        return {
            "items": items,
            "next_cursor": f"s{rows[-1]['sequence']}" if more else None,
            "gap": None if gap is None else gap.to_wire(),
        }


def _place(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.startswith("s") and cursor[1:].isascii() and cursor[1:].isdigit() and len(cursor) < 20):
        raise Invalid(
            "游标无效，请使用上一页返回的 next_cursor",
            "the cursor is none of ours; send the next_cursor of the last page",
            fields={"cursor": ["unknown"]},
        )
    return int(cursor[1:])
