"""Looking for records of one person among those nominated; a question each, never joined by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from services.enrollment.contract import MATCH_FOUND
from services.enrollment.domain.same_person import Weights, likeness, plain_name, variants_from
from services.enrollment.domain.wording import Sentence
from services.enrollment.likeness import name_ratio
from services.enrollment.limits import policy_table
from services.enrollment.store import FACES, NOMINATIONS, PERSON_MATCHES, face_from
from shared.runtime import Work
from shared.storage import Transaction

Doc = dict[str, Any]
_GUARD = "guard"
_MOST_KEPT = 20
_PART = 500


def compare_imported(work: Work) -> None:
    """A roster came in: note what it says of people, and compare them; a long one in several steps."""
    roster = {"unit_id": work.request["unit_id"], "import_id": work.request["import_id"]}
    found = work.view().rows(NOMINATIONS).find(roster, sort=(("_id", 1),), fields=("_id",))
    for start in range(0, len(found), _PART):
        ids = [row["_id"] for row in found[start : start + _PART]]
        work.step(f"people-{start}", partial(_look, nomination_ids=ids))
    work.transact(lambda tx: None)


def on_replacement(tx: Transaction, news: Doc) -> None:
    """Somebody came in by a replacement."""
    _look(tx, [news["new_nomination_id"]])


def compare_corrected(tx: Transaction, row: Doc) -> None:
    """A nomination says something else of somebody now, or is somebody else's."""
    matching = Matching(tx)
    matching.note([row])
    matching.compare()


def let_names_lapse(tx: Transaction, nomination_id: str) -> None:
    """Nobody asks any more whether the name of this nomination is another spelling: it has another, or has ended."""
    rows = tx.rows(PERSON_MATCHES)
    asked = rows.find({"state": "open", "kind": "names", "nomination_ids": nomination_id})
    rows.save_many({**row, "state": "lapsed"} for row in asked if row["nomination_ids"][1] == nomination_id)


def _look(tx: Transaction, nomination_ids: Sequence[str]) -> Doc:
    rows = tx.rows(NOMINATIONS).find({"_id": {"$in": sorted(set(nomination_ids))}}, sort=(("_id", 1),))
    matching = Matching(tx)
    matching.note(rows)
    matching.compare()
    return {}


class Matching:
    """Faces as one transaction finds, changes and compares them."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        policies = policy_table().on(tx.today)
        self._weights = Weights.from_plain(policies["person.match"].value)
        self._variants = variants_from(policies["person.name_variants"].value)
        self._faces: dict[str, Doc] = {}
        self._changed: set[str] = set()
        self._found: dict[str, Doc] = {}
        self._take_turns()

    def note(self, rows: Iterable[Doc]) -> None:
        """Note what nominations say of their people; a name not seen before under a number is asked about first."""
        nominations = list(rows)
        self._read({"_id": {"$in": sorted({row["person_id"] for row in nominations})}})
        for row in nominations:
            face = self._faces.get(row["person_id"])
            name = plain_name(row["name"], self._variants)
            if face is None:
                face = self._faces[row["person_id"]] = _new_face(row, name)
            elif name not in face["plain_names"]:
                self._ask_about_name(face, row, name)
            self._add(face, row)

    def accept_name(self, person_id: str, name: str) -> None:
        """Note another spelling of somebody's name, confirmed by a person."""
        self._read({"_id": person_id})
        face, plain = self._faces[person_id], plain_name(name, self._variants)
        if plain not in face["plain_names"]:
            face["plain_names"] = [*face["plain_names"], plain]
            self._changed.add(person_id)

    def join(self, kept_id: str, other_id: str) -> None:
        """Let one face take over what is known of another."""
        self._read({"_id": {"$in": [kept_id, other_id]}})
        kept, other = self._faces[kept_id], self._faces.pop(other_id)
        for key in ("plain_names", "unit_ids", "workplaces", "phones"):
            kept[key] = _with(kept[key], *other[key])
        self._changed.add(kept_id)
        self._tx.rows(FACES).remove(other)

    def compare(self) -> None:
        """Compare everybody new or changed with whoever has the birthday or a name in common; write it all down."""
        mine = [self._faces[person_id] for person_id in sorted(self._changed)]
        self._read({"born_on": {"$in": sorted({face["born_on"] for face in mine})}})
        self._read({"plain_names": {"$in": sorted({name for face in mine for name in face["plain_names"]})}})
        for face in mine:
            for other in self._faces.values():
                if other is not face:
                    self._compare(face, other)
        self._write(mine)

    def _compare(self, face: Doc, other: Doc) -> None:
        found = likeness(face_from(face), face_from(other), self._weights, name_ratio)
        if found.score >= self._weights.least:
            pair = sorted((face, other), key=lambda each: str(each["_id"]))
            persons = [each["_id"] for each in pair]
            self._ask("numbers", persons, persons, [each["seen_in"] for each in pair], found.score, found.reasons)

    def _ask_about_name(self, face: Doc, row: Doc, name: str) -> None:
        share = max(name_ratio(name, known) for known in face["plain_names"])
        words = Sentence(
            f"同一身份证号下出现不同姓名（相近{round(share * 100)}%）",
            f"one identity number under different names, {round(share * 100)} % alike",
        )
        nominations = [face["named_in"], row["_id"]]
        self._ask("names", [*nominations, name], [face["_id"]] * 2, nominations, round(share * 100), (words,))

    def _ask(
        self,
        kind: str,
        about: list[str],
        persons: list[str],
        nominations: list[str],
        score: int,
        reasons: Sequence[Sentence],
    ) -> None:
        identifier = "match_" + sha256("|".join(about).encode()).hexdigest()[:26]
        self._found[identifier] = {
            "_id": identifier,
            "kind": kind,
            "state": "open",
            "score": score,
            "reasons": [reason.plain() for reason in reasons],
            "person_ids": persons,
            "nomination_ids": nominations,
            "found_at": self._tx.now,
            "decision": None,
        }

    def _add(self, face: Doc, row: Doc) -> None:
        before = {key: face[key] for key in ("unit_ids", "workplaces", "phones")}
        face["unit_ids"] = _with(face["unit_ids"], row["unit_id"])
        face["workplaces"] = _with(face["workplaces"], row["workplace"])
        face["phones"] = _with(face["phones"], row["phone_masked"])
        if "version" not in face or before != {key: face[key] for key in before}:
            face["seen_in"] = row["_id"]
            self._changed.add(face["_id"])

    def _write(self, faces: Iterable[Doc]) -> None:
        rows = self._tx.rows(FACES)
        written = list(faces)
        rows.insert_many(face for face in written if "version" not in face)
        rows.save_many(face for face in written if "version" in face)
        matches = self._tx.rows(PERSON_MATCHES)
        known = {row["_id"]: row for row in matches.find({"_id": {"$in": sorted(self._found)}})}
        new = [match for identifier, match in sorted(self._found.items()) if identifier not in known]
        again = [{**row, **self._found[row["_id"]]} for row in known.values() if _asked_again(row)]
        matches.insert_many(new)
        matches.save_many(again)
        for match in (*new, *again):
            data = {"match_id": match["_id"], "kind": match["kind"], "nomination_ids": match["nomination_ids"]}
            self._tx.emit(MATCH_FOUND, data, subject=match["_id"])

    def _read(self, condition: Mapping[str, Any]) -> None:
        for row in self._tx.rows(FACES).find(condition):
            if row["_id"] != _GUARD:
                self._faces.setdefault(row["_id"], row)

    def _take_turns(self) -> None:
        """Two at once would each miss the other's people: everybody who compares holds one document."""
        rows = self._tx.rows(FACES)
        if rows.one({"_id": _GUARD}) is None:
            rows.insert(_empty_face(_GUARD, "", ""))
        else:
            rows.hold(_GUARD)


def _asked_again(match: Doc) -> bool:
    """Return whether a question known before, and found once more, was dropped: the nomination has that name again."""
    return (match["kind"], match["state"]) == ("names", "lapsed")


def _new_face(row: Doc, name: str) -> Doc:
    face = _empty_face(row["person_id"], row["born_on"], row["_id"])
    return {**face, "plain_names": [name], "sex": row["sex"], "named_in": row["_id"]}


def _empty_face(identifier: str, born_on: str, seen_in: str) -> Doc:
    return {
        "_id": identifier,
        "plain_names": [],
        "born_on": born_on,
        "sex": None,
        "unit_ids": [],
        "workplaces": [],
        "phones": [],
        "named_in": seen_in,
        "seen_in": seen_in,
    }


def _with(known: list[str], *more: str) -> list[str]:
    return [*dict.fromkeys(each for each in (*known, *more) if each)][-_MOST_KEPT:]
