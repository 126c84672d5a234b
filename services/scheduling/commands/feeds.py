"""Issuing calendar feeds and taking them back."""

from __future__ import annotations

import secrets
from typing import Any

from services.scheduling.contract.feeds import FeedRevoked
from services.scheduling.queries.feeds import PREFIX, digest_of, feed_reply
from services.scheduling.store import ADMISSIONS, FEEDS, LECTURERS, ROOMS, TERMS
from shared.errors import NotFound
from shared.identifiers import new_id
from shared.security.caller import Role
from shared.storage import Transaction, exactly

Document = dict[str, Any]
_TARGETS = {"term": TERMS, "lecturer": LECTURERS, "room": ROOMS}


def issue_feed(tx: Transaction, request: dict[str, Any]) -> Document:
    """Make a feed; each one has a token of its own."""
    tx.rows(_TARGETS[request["kind"]]).get(request["target_id"])
    return _issued(tx, request["kind"], request["target_id"], request["label"], owner=None)


def issue_own_feed(tx: Transaction, request: dict[str, Any]) -> Document:
    """Make the feed of the person who asks, a lecturer's sessions or a trainee's term; the earlier one ends."""
    owner = tx.caller.subject
    kind, target_id = _own_target(tx)
    for doc in tx.rows(FEEDS).find({"owner": exactly(owner), "revoked_at": None}):
        _revoke(tx, doc)
    return _issued(tx, kind, target_id, "", owner)


def revoke_feed(tx: Transaction, request: dict[str, Any]) -> Document:
    """Take a feed back: its address shows nothing any more."""
    doc = tx.rows(FEEDS).get(request["feed_id"])
    tx.expect(doc)
    if doc["revoked_at"] is not None:
        raise FeedRevoked(
            f"该日历订阅已于{doc['revoked_at']:%Y-%m-%d}收回，无需再次收回",
            f"the feed was taken back on {doc['revoked_at']:%Y-%m-%d} already",
            feed_id=doc["_id"],
        )
    return feed_reply(_revoke(tx, doc))


def _own_target(tx: Transaction) -> tuple[str, str]:
    if tx.caller.roles == {Role.LECTURER}:
        lecturer_id = tx.caller.own_id(Role.LECTURER)
        if not tx.rows(LECTURERS).get(lecturer_id)["active"]:
            raise NotFound(
                "您已不在授课教师名单内，没有授课日程可订阅",
                "you are not among the active lecturers any more, so there is nothing to subscribe to",
                lecturer_id=lecturer_id,
            )
        return "lecturer", lecturer_id
    own = tx.caller.own_id(Role.TRAINEE)
    seat = tx.rows(ADMISSIONS).one({"nomination_ids": exactly(own)})
    if seat is None:
        raise NotFound(
            "您尚未被录取到任何一期，暂无日程可订阅",
            "you have no seat in a term yet, so there is nothing to subscribe to",
        )
    return "term", str(seat["_id"])


def _issued(tx: Transaction, kind: str, target_id: str, label: str, owner: str | None) -> Document:
    token = PREFIX + secrets.token_urlsafe(32)
    doc = tx.rows(FEEDS).insert(
        {
            "_id": new_id("feed"),
            "kind": kind,
            "target_id": target_id,
            "label": label,
            "digest": digest_of(token),
            "owner": owner,
            "issued_at": tx.now,
            "issued_by": tx.caller.subject,
            "revoked_at": None,
            "revoked_by": None,
        }
    )
    return {**feed_reply(doc), "token": token, "path": f"/feeds/{token}.ics"}


def _revoke(tx: Transaction, doc: Document) -> Document:
    return tx.rows(FEEDS).save({**doc, "revoked_at": tx.now, "revoked_by": tx.caller.subject})
