"""Dotted paths of units, for a service that takes one without knowing what units there are."""

from __future__ import annotations

import re

from shared.errors import Invalid

_PATH = re.compile(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*")
_LONGEST = 120


def require_unit_path(text: str) -> None:
    """Raise ``Invalid`` for what is no path such as ``jiangcheng.donghu.health``, or one above 120 characters."""
    if len(text) > _LONGEST or not _PATH.fullmatch(text):
        raise Invalid(
            f"单位编号“{text[:_LONGEST]}”不合规：应为字母、数字、连字符组成的点分路径（{_LONGEST}个字符以内）",
            f"unit id {text[:_LONGEST]!r} is no dotted path of letters, digits and hyphens of at most {_LONGEST}",
            fields={"unit_id": ["no dotted path"]},
        )
