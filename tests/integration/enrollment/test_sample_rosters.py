"""The sample city's eighteen rosters, as the units send them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from importlib.resources import files

from deploy.sample.generate import TITLES
from services.enrollment import contract
from tests.integration.enrollment.conftest import Desk

SAMPLE = files("deploy.sample")


def test_every_sample_roster_is_read_and_its_flaws_are_found(desk: Desk) -> None:
    city = json.loads(SAMPLE.joinpath("city.json").read_text("utf-8"))
    _lay_out(desk, city)
    totals: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    for unit_id, filename in city["rosters"].items():
        content = SAMPLE.joinpath("rosters", filename).read_bytes()
        roster = desk.run_import(desk.receive(unit_id, content, filename), unit_id)
        assert roster["state"] == "done", roster["problem"]
        totals.update(roster["counts"])
        codes.update(
            remark["code"] for row in roster["row_errors"] for remark in row["remarks"] if remark["level"] == "error"
        )
    assert totals["checked"] == totals["rows"]
    assert totals["rows"] == totals["filed"] + totals["warned"] + totals["refused"] + totals["errors"]
    assert totals["rows"] > 1190
    assert codes == {"id-check": 3, "id-length": 1, "duplicate_nomination": 2, "overlapping_terms": 3}
    assert totals["questions"] > 100
    fills = desk.call(contract.TERM_FILL, {})["items"]
    assert sum(fill["nominated"] for fill in fills) == totals["filed"] + totals["warned"]


def _lay_out(desk: Desk, city: dict) -> None:
    for unit in city["units"]:
        desk.call(contract.PUT_UNIT, unit)
    terms = sorted({(quota["programme_ordinal"], quota["term_ordinal"]) for quota in city["quotas"]})
    for number, (programme, ordinal) in enumerate(terms):
        # Weeks of their own, but for the two that the sample lets somebody be nominated for at once.
        week = -1 if (programme, ordinal) in ((3, 1), (6, 1)) else number
        desk.place(
            f"term_{programme}_{ordinal}",
            programme,
            ordinal,
            date(2020, 5, 11) + timedelta(weeks=week),
            programme_title=TITLES[programme],
            capacity=60,
        )
        places = [
            {"unit_id": quota["unit_id"], "places": quota["places"]}
            for quota in city["quotas"]
            if (quota["programme_ordinal"], quota["term_ordinal"]) == (programme, ordinal)
        ]
        desk.call(contract.ALLOT_QUOTAS, {"term_id": f"term_{programme}_{ordinal}", "quotas": places})
