"""Placement previews: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text
from gateway.client.scheduling.types.placements import UnplacedRow


class AffectedTerm(TypedDict):
    """A term that would lie elsewhere, or nowhere (``after`` null). ``told``: people who know its old place."""

    term_id: str
    before: PreviewedPlace | None
    after: PreviewedPlace | None
    told: int
    words: Text


class ConflictingDemand(TypedDict):
    """A demand of a conflict, with the ways to loosen it; each that is ``alone`` would settle the conflict."""

    rule: str
    subject: str
    words: Text
    loosenings: list[DemandLoosening]


class DemandLoosening(TypedDict):
    """The least that a demand would have to give; ``proven``: no less would do."""

    amount: int
    unit: str
    proven: bool
    alone: bool
    words: Text


class PlacementChange(TypedDict):
    """One change to try."""

    kind: Literal["pin", "move", "ban", "drop", "blackout"]
    term_id: NotRequired[str | None]
    starts_on: NotRequired[str | None]
    ends_on: NotRequired[str | None]
    room_id: NotRequired[str | None]
    districts: NotRequired[list[str]]
    campus_ids: NotRequired[list[str]]


class PlacementConflict(TypedDict):
    """Demands that cannot hold together; ``minimal``: without any one of them the others can."""

    term_ids: list[str]
    words: Text
    demands: list[ConflictingDemand]
    minimal: bool
    ways_out: list[DemandLoosening]


class PlacementPreview(TypedDict):
    """``told`` people would have to be told; no table with as many terms tells fewer than ``told_bound``."""

    basis: str
    moves: list[PreviewedMove]
    told: int
    told_bound: int
    proven: bool
    words: Text
    affected: list[AffectedTerm]
    unplaced: list[UnplacedRow]
    conflicts: list[PlacementConflict]
    explained: bool
    seconds: float


class PreviewedMove(TypedDict):
    """Where a term would go; adopting the preview takes it as it is."""

    term_id: str
    starts_on: str
    room_id: str


class PreviewedPlace(TypedDict):
    """Where a term lies or would lie; the room of one that is held online is ``online.TERM``."""

    starts_on: str
    ends_on: str
    reports_on: str
    room_id: str
