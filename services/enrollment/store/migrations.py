"""Steps forward of the enrollment database."""

from __future__ import annotations

from typing import Any

from shared.storage import Migration


def _fill_in_selection(database: Any) -> None:
    seats: dict[str, Any] = {"holds": [], "release_on": None}
    nominations: dict[str, Any] = {"posts": [], "reviews": [], "ladder": [], "passed": [], "awaits": None}
    for collection, defaults in (("seats", seats), ("nominations", nominations)):
        for field, default in defaults.items():
            database[collection].update_many({field: {"$exists": False}}, {"$set": {field: default}})


def _fill_in_closing_days(database: Any) -> None:
    database["nominations"].update_many({"late": {"$exists": False}}, {"$set": {"late": False, "diet": ""}})
    unset = {"nominations_close_on": {"$exists": False}}
    database["conditions"].update_many(unset, {"$set": {"nominations_close_on": None}})


def _mark_lines_of_cancelled(database: Any) -> None:
    orders = database["fee_orders"]
    for order in orders.find({"lines": {"$elemMatch": {"of_cancelled": {"$exists": False}}}}):
        lines = [{"of_cancelled": line["reasons"][0]["zh"].startswith("班次已取消"), **line} for line in order["lines"]]
        orders.update_one({"_id": order["_id"], "version": order["version"]}, {"$set": {"lines": lines}})


def _forget_overlaps(database: Any) -> None:
    no_rule_broke: dict[str, Any] = {"verdicts.ruling": {"$ne": "failed"}}
    not_refused_late: dict[str, Any] = {"$or": [{"state": {"$ne": "admitted"}}, {"outcome": {"$ne": "refused"}}]}
    flagged = {"needs_human": True, **no_rule_broke, **not_refused_late}
    database["nominations"].update_many(flagged, {"$set": {"needs_human": False}})


def _fill_in_legal_bases(database: Any) -> None:
    bases = {order["_id"]: order["legal_basis"] for order in database["fee_orders"].find({}, {"legal_basis": 1})}
    unset = database["fee_assessments"].find({"legal_basis": {"$exists": False}}, {"order_id": 1})
    for row in list(unset):
        basis = {"legal_basis": bases.get(row["order_id"])}
        database["fee_assessments"].update_one({"_id": row["_id"]}, {"$set": basis})


MIGRATIONS = (
    Migration(1, "seats are held, places released; nominations climb a ladder and keep posts", _fill_in_selection),
    Migration(2, "nominations close on a day, and say what people eat", _fill_in_closing_days),
    Migration(3, "a fee line says whether it was reckoned while its term was cancelled", _mark_lines_of_cancelled),
    Migration(4, "an overlap asks for a person while it stands, and not for good", _forget_overlaps),
    Migration(5, "an assessment keeps the legal basis it had, which no correction reached", _fill_in_legal_bases),
)
