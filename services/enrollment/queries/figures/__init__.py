"""The year's figures of enrollment, each with the rows behind it."""

from __future__ import annotations

from typing import Any

from services.enrollment.queries.figures import hours, money, people, places
from services.enrollment.queries.figures.shape import Year
from shared.storage import View


def get_enrollment_figures(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return the figures of one plan's terms; cancelled ones count where something happened before."""
    year = Year(view, request["plan_id"])
    return {
        "figures": [
            people.funnel(view, year),
            people.punctuality(view, year),
            places.use(view, year),
            places.transfers(view, year),
            places.standby(view, year),
            people.replacements(view, year),
            money.fees(view, year),
            hours.gap(view, year),
        ]
    }
