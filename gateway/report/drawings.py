"""How a figure is drawn: which of its columns stand along the axis, which are measured, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Drawing:
    """``over`` names the column along the axis, ``series`` those measured; ``across`` is the second axis of a map.

    ``bars`` stand side by side, ``within`` lie in each other (a part of the one before), ``stack`` add up, ``map``
    colours a grid. ``tones``, one a series, say how good it is: the page has a colour for each.
    """

    kind: Literal["bars", "within", "stack", "map"]
    over: str
    series: tuple[str, ...]
    tones: tuple[str, ...] = ()
    across: str = ""


_DONE, _PART, _OPEN, _BAD, _GONE, _PALE = "done", "part", "open", "bad", "gone", "pale"
_PUNCTUAL = (_DONE, _BAD, _OPEN)

DRAWINGS: dict[str, Drawing] = {
    "lecturer_load": Drawing("bars", "lecturer", ("hours",), (_DONE,)),
    "teaching_by_form": Drawing("bars", "form", ("hours",), (_DONE,)),
    "terms_held": Drawing("stack", "programme", ("placed", "planned", "cancelled"), (_DONE, _OPEN, _GONE)),
    "nominations": Drawing("within", "unit", ("nominated", "accepted", "admitted"), (_PALE, _PART, _DONE)),
    "punctuality": Drawing("stack", "unit", ("in_time", "late"), (_DONE, _BAD)),
    "quota_use": Drawing("within", "unit", ("places", "used"), (_PALE, _DONE)),
    "replacements": Drawing(
        "stack", "cause", ("approved", "late_approved", "refused", "late_refused", "cancelled", "pending"),
        (_DONE, _PART, _GONE, _BAD, _PALE, _OPEN),
    ),
    "fees": Drawing("stack", "unit", ("received", "returned", "outstanding"), (_DONE, _GONE, _OPEN)),
    "hours_gap": Drawing("within", "unit", ("gap_hours", "forecast_gap_hours"), (_PALE, _BAD)),
    "attendance": Drawing("stack", "term", ("attended_hours", "leave_hours", "absent_hours"), (_DONE, _OPEN, _BAD)),
    "leave_heat": Drawing("map", "month", ("leave_hours",), across="unit_id"),
    "leave_half_days": Drawing("map", "weekday", ("leave_hours",), across="half"),
    "check_ins": Drawing("stack", "unit_id", ("reported", "not_reported", "expected"), (_DONE, _BAD, _OPEN)),
    "briefings": Drawing("stack", "unit_id", ("on_time", "late", "open"), _PUNCTUAL),
    "returns": Drawing("stack", "unit_id", ("on_time", "late", "open"), _PUNCTUAL),
    "completions": Drawing("stack", "term", ("completed", "not_completed", "pending"), (_DONE, _BAD, _OPEN)),
    "question_coverage": Drawing(
        "stack", "term", ("answered", "used", "handed_over", "waiting", "unmatched", "not_covered"),
        (_DONE, _PART, _OPEN, _PALE, _GONE, _BAD),
    ),
    "question_handovers": Drawing("within", "lecturer_id", ("handovers", "receipted"), (_PALE, _DONE)),
    "report_punctuality": Drawing("stack", "term", ("on_time", "late", "missing"), (_DONE, _OPEN, _BAD)),
    "report_grades": Drawing(
        "stack", "term", ("excellent", "good", "qualified", "failed", "annulled", "ungraded"),
        (_DONE, _PART, _PALE, _BAD, _GONE, _OPEN),
    ),
    "proposal_adoption": Drawing(
        "stack", "unit_id", ("adopted", "partly_adopted", "declined", "unanswered"), (_DONE, _PART, _GONE, _OPEN)
    ),
    "session_evaluation": Drawing("bars", "session", ("mean",), (_DONE,)),
    "letters": Drawing(
        "stack", "kind", ("issued", "waiting", "unprintable", "superseded", "void"), (_DONE, _OPEN, _BAD, _PALE, _GONE)
    ),
    "acknowledgements": Drawing("stack", "unit", ("on_time", "late", "open"), _PUNCTUAL),
    "deliveries": Drawing(
        "stack", "channel", ("delivered", "underway", "failed", "cancelled"), (_DONE, _OPEN, _BAD, _GONE)
    ),
    "dispatches": Drawing(
        "stack", "channel", ("delivered", "underway", "failed", "skipped"), (_DONE, _OPEN, _BAD, _GONE)
    ),
}  # fmt: skip
