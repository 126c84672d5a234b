"""Reading health declarations: that they are there, what they say for their own purpose, and that they are gone."""

from __future__ import annotations

from typing import Any

from services.compliance.contract.health import PurposeMismatch
from services.compliance.domain.health import BASES, PURPOSES
from services.compliance.limits import policy_table
from services.compliance.store.health import DECLARATIONS, PURGES, proof_of
from services.compliance.store.trainee import TRAINEES
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View

_SHOWN = (
    "nomination_id", "term_id", "unit_id", "kind", "purpose", "basis", "basis_document", "consented_at",
    "declared_at", "delete_by", "version",
)  # fmt: skip
_PURGE = ("number", "term_id", "cause", "count", "digest", "seal", "purged_at")


def shown_declaration(row: dict[str, Any]) -> dict[str, Any]:
    """Return that a declaration is there, without what it says."""
    return {"declaration_id": row["_id"], **{name: row[name] for name in _SHOWN}}


def shown_purge(row: dict[str, Any]) -> dict[str, Any]:
    """Return a proof as the contract shows it."""
    return {"proof_id": row["_id"], **{name: row[name] for name in _PURGE}}


def get_health_consent(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the text in force."""
    policies = policy_table().on(view.today)
    policy = policies["health.consent"]
    told = {"keep_days": policies.number("health.keep_days"), "source": policy.source, "basis": policy.basis}
    return {"text": policy.value, **told}


def list_health_declarations(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List what is kept of a term; what has run out is not shown, whether or not it was deleted by now."""
    wanted: dict[str, Any] = {name: request[name] for name in ("term_id", "purpose") if name in request}
    narrowed = {**wanted, "delete_by": {"$gt": view.today.isoformat()}}
    found, cursor = view.rows(DECLARATIONS).page(narrowed, request.get("cursor"), request["limit"])
    return {"items": [shown_declaration(row) for row in found], "next_cursor": cursor}


def open_health_declaration(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Open a declaration for the purpose it was collected for; the view is audited."""
    row = _kept(view, request["declaration_id"])
    if row["purpose"] != request["purpose"]:
        words, asked = PURPOSES[row["purpose"]], PURPOSES[request["purpose"]]
        raise PurposeMismatch(
            f"该申报仅为“{words.zh}”收集，不能用于“{asked.zh}”",
            f"it was collected for {words.en!r} and is not opened for {asked.en!r}",
            purpose=row["purpose"],
        )
    why = f"{PURPOSES[row['purpose']].zh}（{BASES[row['basis']].zh}） / {PURPOSES[row['purpose']].en}"
    content = view.rows(DECLARATIONS).unseal(row, "content", why)
    return {"declaration_id": row["_id"], **content}


def list_my_health(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show everything of one's own that is kept."""
    trainee = view.rows(TRAINEES).get(view.caller.own_id(Role.TRAINEE))
    rows = view.rows(DECLARATIONS)
    mine = {"term_id": trainee["term_id"], "nomination_id": trainee["_id"]}
    kept = rows.find({**mine, "delete_by": {"$gt": view.today.isoformat()}})
    contents = rows.unseal_many(kept, "content", "本人查阅 / the person's own access")
    return {
        "items": [
            {**shown_declaration(row), "content": {"declaration_id": row["_id"], **content}}
            for row, content in zip(kept, contents, strict=True)
        ]
    }


def list_health_purges(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the proofs, the latest first."""
    wanted = {"term_id": request["term_id"]} if "term_id" in request else {}
    found, cursor = view.rows(PURGES).page(wanted, request.get("cursor"), request["limit"], sort="-number")
    return {"items": [shown_purge(row) for row in found], "next_cursor": cursor}


def verify_health_purge(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Hold a proof against itself, against the one before, and against what is in the collection now."""
    row = view.rows(PURGES).get(request["proof_id"])
    proof = proof_of(row)
    before = view.rows(PURGES).one({"number": proof.number - 1})
    left = view.rows(DECLARATIONS).count({"_id": {"$in": list(proof.removed)}})
    checks = [
        ("删除编号的摘要一致", "the digest is that of the identifiers deleted", proof.holds),
        ("删除数量一致", "the count is that of the identifiers deleted", row["count"] == len(proof.removed)),
        ("证明未被改动", "the proof says what was sealed", proof.seal == row["seal"]),
        ("与前一份证明相连", "it follows on the proof before", proof.previous == (before or {"seal": ""})["seal"]),
        ("申报库中已无残留", "nothing of it is left in the collection", left == 0),
    ]
    return {
        "proof_id": row["_id"],
        "holds": all(holds for _, _, holds in checks),
        "checks": [{"what": {"zh": zh, "en": en}, "holds": holds} for zh, en, holds in checks],
    }


def _kept(view: View, declaration_id: str) -> dict[str, Any]:
    row = view.rows(DECLARATIONS).one({"_id": declaration_id})
    if row is None or row["delete_by"] <= view.today.isoformat():
        raise NotFound(
            f"没有健康申报 {declaration_id}，或已到期清除",
            f"there is no declaration {declaration_id!r}, or it has run out",
            id=declaration_id,
        )
    return row
