"""Who a caller with a personal link is, and where the admitted belong."""

from __future__ import annotations

from dataclasses import dataclass

from services.outcomes.store.terms import ROSTERS
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View


@dataclass(frozen=True)
class Place:
    """An admitted trainee's term and unit."""

    nomination_id: str
    term_id: str
    unit_id: str


def place_of(view: View, nomination_id: str) -> Place:
    """Return where somebody admitted belongs. Raises ``NotFound`` for anybody else, also for who was withdrawn."""
    row = view.rows(ROSTERS).one({"nomination_ids": nomination_id})
    if row is None:
        raise NotFound(
            f"没有编号为“{nomination_id}”的在册学员；刚录取的请稍后再试，已退出的不再办理",
            f"{nomination_id!r} is no admitted trainee; if just admitted, try again in a moment",
            nomination_id=nomination_id,
        )
    return Place(nomination_id, row["term_id"], row["unit_id"])


def own_place(view: View) -> Place:
    """Return where the calling trainee belongs. Raises ``Forbidden``, ``NotFound``."""
    return place_of(view, view.caller.own_id(Role.TRAINEE))


def is_trainee(view: View) -> bool:
    """Return whether a trainee calls."""
    return Role.TRAINEE in view.caller.roles


def is_lecturer(view: View) -> bool:
    """Return whether a lecturer calls."""
    return Role.LECTURER in view.caller.roles
