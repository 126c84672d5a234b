"""Clusters of questions, their hand-overs, and the board of a term that holds both together."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from services.outcomes.domain.cluster import Answer, Asked, Cluster
from shared.storage import Collection, Index

BOARDS = Collection("boards", validator={"bsonType": "object", "required": ["_id", "version", "released_at"]})
"""One a term. Every change of the term's clusters saves it, so that no two of them pass each other by."""

CLUSTERS = Collection(
    "clusters",
    indexes=(Index((("term_id", 1), ("_id", 1))), Index((("handover_id", 1),))),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "term_id", "kind", "wording", "members", "state"],
        "properties": {"members": {"bsonType": "array"}, "wording": {"bsonType": "string"}},
    },
)
HANDOVERS = Collection(
    "handovers",
    indexes=(
        Index((("term_id", 1), ("_id", 1))),
        Index((("lecturer_id", 1), ("_id", 1))),
    ),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "term_id", "lecturer_id", "session_ids", "state", "due_on", "handed_over_at"],
        "properties": {"state": {"enum": ["open", "receipted", "closed"]}},
    },
)


def cluster_fields(cluster: Cluster, term_id: str) -> dict[str, Any]:
    """Return a cluster as it is stored, without ``_id`` and ``version``."""
    fields = asdict(cluster)
    del fields["cluster_id"]
    members = [{key: each[key] for key in ("question_id", "unit_id", "text")} for each in fields["members"]]
    return {**fields, "term_id": term_id, "members": members, "shared": list(cluster.shared), "state": cluster.state}


def cluster_from(row: dict[str, Any]) -> Cluster:
    """Return the cluster of a stored row."""
    return Cluster(
        cluster_id=row["_id"],
        kind=row["kind"],
        wording=row["wording"],
        members=tuple(Asked(kind=row["kind"], **each) for each in row["members"]),
        by_person=row["by_person"],
        session_id=row["session_id"],
        session_by=row["session_by"],
        likeness=row["likeness"],
        shared=tuple(row["shared"]),
        handover_id=row["handover_id"],
        lecturer_id=row["lecturer_id"],
        answer=Answer(**row["answer"]) if row["answer"] else None,
    )
