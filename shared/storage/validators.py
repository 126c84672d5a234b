"""Validators of a database that code of several releases writes to: each must find its own documents let in.

A collection's validator is that of the code that made it. Where other code's differs, older or newer, it becomes a
choice, ``{"$or": [known, …, ours]}``, so that an upgrade takes nothing from the replicas before it, and the return to
an older release nothing from those that stay. Only a contraction leaves one alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Validator = dict[str, Any]


def widened(known: Mapping[str, Any], ours: Validator) -> Validator:
    """Return a validator that lets in what either does: ``known`` itself where ours is among its choices."""
    choices = known["$or"] if is_choice(known) else [known]
    return dict(known) if ours in choices else {"$or": [*choices, ours]}


def is_choice(validator: Mapping[str, Any]) -> bool:
    """Return whether documents of several releases are let in."""
    return set(validator) == {"$or"}
