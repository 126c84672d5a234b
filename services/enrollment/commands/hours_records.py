"""Hours of earlier years, and promotions: what the organisation department writes into the ledger itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.commands.hours import keep, put_entry
from services.enrollment.commands.people import People
from services.enrollment.domain.citizen_id import read_citizen_id
from services.enrollment.domain.hours_rank import rank_on
from services.enrollment.domain.roster import cells
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.hours import shown_ledger
from services.enrollment.store import HOURS_LEDGERS, NOMINATIONS, UNITS, new_ledger, position_from
from shared.errors import Invalid
from shared.storage import Transaction

Doc = dict[str, Any]


def import_hours(tx: Transaction, request: Doc) -> Doc:
    """Write hours of earlier years row by row; what was imported before from the same source and year is replaced."""
    import_ = _Import(tx, request["source"], request["rows"])
    items = [import_.row(number, row) for number, row in enumerate(request["rows"], 1)]
    import_.write()
    done = sum(item["done"] for item in items)
    return {"done": done, "left": len(items) - done, "items": items}


def record_promotion(tx: Transaction, request: Doc) -> Doc:
    """Note a promotion; what was not met before it has to be made up for within the time the regulation gives."""
    rows = tx.rows(HOURS_LEDGERS)
    ledger = rows.get_within_reach(request["person_id"])
    tx.expect(ledger)
    if request["promoted_on"] > tx.today:
        raise Invalid(
            f"提任日期{request['promoted_on']}晚于今天，到任后再登记",
            f"{request['promoted_on']} is after today; record a promotion once it happened",
            fields={"promoted_on": ["in the future"]},
        )
    day = request["promoted_on"].isoformat()
    ledger["promotions"] = [
        *(each for each in ledger["promotions"] if each["on"] != day),
        {"on": day, "document": request["document"], "by": tx.caller.subject},
    ]
    position = {"on": day, "rank": request["rank"], "post": request["post"], "source": f"promotion:{day}"}
    others = [each for each in ledger["positions"] if each["source"] != position["source"]]
    ledger["positions"] = sorted(
        [*others, {**position, "unit_id": "", "name": ""}], key=lambda each: (each["on"], each["source"])
    )
    return shown_ledger(tx, rows.save(ledger))


class _Import:
    """One import: people and ledgers are read in one look-up each, and written together."""

    def __init__(self, tx: Transaction, source: str, rows: list[Doc]) -> None:
        self._tx, self._source = tx, source
        self._people = People(tx)
        self._people.read_numbers(number for row in rows if (number := self._number(row)) is not None)
        wanted = sorted({row["nomination_id"] for row in rows if row["nomination_id"]})
        reached = {"$and": [{"_id": {"$in": wanted}}, tx.rows(NOMINATIONS).reach()]}
        found = tx.rows(NOMINATIONS).find(reached) if wanted else []
        self._nominations = {row["_id"]: row for row in found}
        self._units = {row["_id"] for row in tx.rows(UNITS).find(fields=("_id",))}
        self._ledgers: dict[str, Doc] = {}

    def row(self, number: int, row: Doc) -> Doc:
        """Write one row, or say why not."""
        try:
            ledger = self._ledger(row)
        except Refusal as refusal:
            return {"row": number, "done": False, "person_id": None, "problem": refusal.sentence.plain()}
        day = date(row["year"], 12, 31)
        rank = row["rank"]
        if rank is None:
            rank = rank_on((position_from(each) for each in ledger["positions"]), day)
        entry = {
            "entry_id": f"{self._source}:{row['year']}",
            "kind": "import",
            "nomination_id": None,
            "term_id": None,
            "title": f"{row['year']}年度学时",
            "unit_id": ledger["unit_id"],
            "on": day.isoformat(),
            "hours": row["hours"],
            "days": row["days"],
            "completed": True,
            "rank": rank,
            "post": "",
            "source": "，".join(filter(None, (self._source, row["note"]))),
        }
        put_entry(ledger, entry, self._tx.now)
        return {"row": number, "done": True, "person_id": ledger["_id"], "problem": None}

    def write(self) -> None:
        """Store what changed."""
        self._people.write()
        keep(self._tx, self._ledgers.values())

    def _ledger(self, row: Doc) -> Doc:
        if row["nomination_id"] is not None:
            nomination = self._nominations.get(row["nomination_id"])
            if nomination is None:
                raise Refusal("unknown", "推荐编号不存在或不在管辖范围内", "no such nomination within reach")
            return self._open(nomination["person_id"], nomination["unit_id"], nomination["name"])
        if row["id_number"] is None:
            raise Refusal("unknown", "须给出推荐编号或身份证号", "give a nomination or an identity number")
        number = read_citizen_id(cells.id_text_of(row["id_number"]), self._tx.today).number
        person = self._people.known(number)
        known = self._read(person["_id"]) if person is not None else None
        if known is not None:
            if not self._tx.caller.reaches(known["unit_id"]):
                raise Refusal("unknown", "该人不在管辖范围内", "that person is out of reach")
            return known
        if row["name"] is None or row["unit_id"] is None:
            raise Refusal(
                "unknown", "该人尚无学时档案，须同时给出姓名和单位", "no ledger yet; give the name and the unit as well"
            )
        if row["unit_id"] not in self._units or not self._tx.caller.reaches(row["unit_id"]):
            raise Refusal("unknown", f"没有单位“{row['unit_id']}”", f"there is no unit {row['unit_id']!r}")
        return self._open(self._people.with_number(number)["_id"], row["unit_id"], row["name"])

    def _open(self, person_id: str, unit_id: str, name: str) -> Doc:
        ledger = self._read(person_id)
        if ledger is None:
            ledger = self._ledgers[person_id] = new_ledger(person_id, unit_id, name)
        return ledger

    def _read(self, person_id: str) -> Doc | None:
        if person_id not in self._ledgers:
            found = self._tx.rows(HOURS_LEDGERS).one({"_id": person_id})
            if found is None:
                return None
            self._ledgers[person_id] = found
        return self._ledgers[person_id]

    def _number(self, row: Doc) -> str | None:
        if row["id_number"] is None:
            return None
        try:
            return read_citizen_id(cells.id_text_of(row["id_number"]), self._tx.today).number
        except Refusal:
            return None
