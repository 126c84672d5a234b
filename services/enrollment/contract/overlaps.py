"""People engaged twice on a day after a term was moved: reported, and decided by a person."""

from __future__ import annotations

from marshmallow import fields

from services.enrollment.contract.parts import READERS, identifier
from shared.contracts import Event, EventData, Operation, Page, Reply, page_of
from shared.wording import Words


class FoundOverlap(EventData):
    """One person's two engagements."""

    nomination_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    other_nomination_id = fields.String(required=True)
    other_unit_id = fields.String(required=True)
    other_term_id = fields.String(required=True)
    both_admitted = fields.Boolean(required=True)


class OverlapsFound(EventData):
    """A term was moved, and people of it are now engaged elsewhere on the same day; nobody was taken out."""

    term_id = fields.String(required=True)
    overlaps = fields.List(fields.Nested(FoundOverlap), required=True)


class ListOverlaps(Page):
    """Of which moved term; by default of all."""

    term_id = identifier()


class Overlap(Reply):
    """Two engagements of one person that share a day; ``standing``: still so, and both nominations still count."""

    term_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    name = fields.String(required=True)
    other_term_id = fields.String(required=True)
    other_nomination_id = fields.String(required=True)
    other_unit_id = fields.String(required=True)
    both_admitted = fields.Boolean(required=True)
    standing = fields.Boolean(required=True)
    found_at = fields.AwareDateTime(required=True)


OVERLAPS_FOUND = Event(
    "enrollment.overlaps.found.v1", Words("调整时间后出现日期重叠", "People are engaged twice on a day"), OverlapsFound
)
LIST_OVERLAPS = Operation(
    name="list_overlaps",
    summary=Words("查询调整时间后日期重叠的人员", "List people engaged twice on a day after a term was moved"),
    kind="query",
    verb="GET",
    path="/overlaps",
    request=ListOverlaps,
    reply=page_of(Overlap),
    roles=READERS,
)

OPERATIONS = (LIST_OVERLAPS,)
EVENTS = (OVERLAPS_FOUND,)
