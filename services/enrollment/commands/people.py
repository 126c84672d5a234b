"""The people behind nominations: one document a person, the place where two nominations of one person meet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from services.enrollment.domain.eligibility import Engagement, TermFacts
from services.enrollment.store import PEOPLE
from shared.identifiers import new_id
from shared.storage import Transaction, View


class People:
    """The people a transaction deals with; read in one look-up, written back in one or two round trips.

    Saving a person's document makes concurrent transactions about the same person collide and retry, so that nobody
    ends up in two overlapping terms.
    """

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._by_id: dict[str, dict[str, Any]] = {}
        self._by_index: dict[str, dict[str, Any]] = {}
        self._new: dict[str, dict[str, Any]] = {}
        self._changed: set[str] = set()

    def read_numbers(self, id_numbers: Iterable[str]) -> None:
        """Read those of the people with these identity numbers that are known."""
        indexes: list[str] = sorted({self._index(number) for number in id_numbers})
        found = self._tx.rows(PEOPLE).find({"id_number_blind": {"$in": indexes}})
        self.read(row["merged_into"] for row in found if row.get("merged_into"))
        for row in found:
            joined = row.get("merged_into")
            if joined:  # a person said that this number is somebody else's: whoever has it is them
                self._by_index[row["id_number_blind"]] = self._by_id[joined]
            else:
                self._keep(row)

    def read(self, person_ids: Iterable[str]) -> None:
        """Read people by their identifier."""
        ids = sorted(set(person_ids))
        for row in self._tx.rows(PEOPLE).find({"_id": {"$in": ids}}) if ids else ():
            self._keep(row)

    def with_number(self, id_number: str) -> dict[str, Any]:
        """Return the person with that number, a new one when it is not known; read the numbers before."""
        index = self._index(id_number)
        if index not in self._by_index:
            row: dict[str, Any] = {
                "_id": new_id("person"),
                "id_number": id_number,
                "id_number_blind": index,
                "engagements": [],
            }
            self._new[row["_id"]] = row
            self._keep(row)
        return self._by_index[index]

    def known(self, id_number: str) -> dict[str, Any] | None:
        """Return the person with that number if there is one; read the numbers before."""
        return self._by_index.get(self._index(id_number))

    def ids(self) -> list[str]:
        """Return the identifiers of everybody read so far."""
        return sorted(self._by_id)

    def one(self, person_id: str) -> dict[str, Any]:
        """Return a person that was read."""
        return self._by_id[person_id]

    def engage(self, person: dict[str, Any], nomination_id: str, term_id: str, admitted: bool = False) -> None:
        """Note that a nomination of the person counts, or that it led to a seat."""
        others = [item for item in person["engagements"] if item["nomination_id"] != nomination_id]
        person["engagements"] = [*others, {"nomination_id": nomination_id, "term_id": term_id, "admitted": admitted}]
        self._changed.add(person["_id"])

    def release(self, person: dict[str, Any], nomination_id: str) -> None:
        """Note that a nomination of the person no longer counts."""
        person["engagements"] = [item for item in person["engagements"] if item["nomination_id"] != nomination_id]
        self._changed.add(person["_id"])

    def write(self) -> None:
        """Store new people and changed ones."""
        rows = self._tx.rows(PEOPLE)
        rows.insert_many(self._new.values())
        rows.save_many(self._by_id[person_id] for person_id in sorted(self._changed - set(self._new)))

    def _keep(self, row: dict[str, Any]) -> None:
        self._by_id[row["_id"]] = row
        self._by_index[row["id_number_blind"]] = row

    def _index(self, id_number: str) -> str:
        return self._tx.sealer.blind(PEOPLE, "id_number", id_number)


def engagements_of(
    person: Mapping[str, Any], terms: Mapping[str, TermFacts], but: str | None = None, admitted_only: bool = False
) -> tuple[Engagement, ...]:
    """Return what else the person is nominated for or admitted to; cancelled terms are not among ``terms``."""
    return tuple(
        Engagement(item["nomination_id"], terms[item["term_id"]], item["admitted"])
        for item in person["engagements"]
        if item["term_id"] in terms and item["nomination_id"] != but and (item["admitted"] or not admitted_only)
    )


def id_number_of(view: View, person_id: str, purpose: str) -> str:
    """Return a person's identity number in full; the view is audited with its purpose."""
    rows = view.rows(PEOPLE)
    number: str = rows.unseal(rows.get(person_id), "id_number", purpose=purpose)
    return number
