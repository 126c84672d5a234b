"""Notices: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict

from gateway.client.scheduling.types.parts import Text
from gateway.client.scheduling.types.plans import CreatePlan


class NoticeProblem(TypedDict):
    """A passage that could not be read; the rest was."""

    line: int
    text: str
    message: Text


class NoticeReading(TypedDict):
    """What a notice says. ``draft`` is what ``create_plan`` takes; nothing was saved."""

    draft: CreatePlan
    problems: list[NoticeProblem]
