"""The organisation tree: a unit is a dotted path, and its subtree is everything that begins with it and a dot."""

from __future__ import annotations

import re

from services.enrollment.domain.wording import Refusal

_PATH = re.compile(r"[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*){0,7}")
_LONGEST = 120


def read_unit_id(text: str) -> str:
    """Return the path, or raise ``Refusal``: up to eight parts of lower-case letters, digits and hyphens."""
    if len(text) > _LONGEST or not _PATH.fullmatch(text):
        raise Refusal(
            "unit-id",
            f"单位编号“{text[:_LONGEST]}”不合规：应为小写字母、数字、连字符组成的路径，如 jiangcheng.donghu.health",
            f"unit id {text[:_LONGEST]!r} is no dotted path of lower-case letters, digits and hyphens, "
            "such as jiangcheng.donghu.health",
        )
    return text


def parent_of(unit_id: str) -> str | None:
    """Return the unit above, or ``None`` for a root."""
    return unit_id.rpartition(".")[0] or None


def lies_in(unit_id: str, root: str) -> bool:
    """Return whether ``unit_id`` is ``root`` or below it; the empty root is the whole city."""
    return root == "" or unit_id == root or unit_id.startswith(root + ".")


def ancestors_of(unit_id: str) -> tuple[str, ...]:
    """Return the unit itself and every unit above it, nearest first."""
    parts = unit_id.split(".")
    return tuple(".".join(parts[:length]) for length in range(len(parts), 0, -1))
