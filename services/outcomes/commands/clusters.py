"""Clusters put right by a person, and the masking and clustering of what came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.enrollment.contract import LIST_NOMINATIONS
from services.outcomes import contract
from services.outcomes.commands.arranging import Arrangement, arrange
from services.outcomes.commands.markings import refuse_marking
from services.outcomes.domain.cluster import Cluster
from services.outcomes.domain.personal_data import without_names, without_personal_numbers
from services.outcomes.queries.clusters import coverage, sessions_of, shown_with_members
from services.outcomes.store.clusters import CLUSTERS
from services.outcomes.store.question_sets import QUESTION_SETS, from_row
from services.outcomes.store.terms import TERMS
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.runtime import Work
from shared.storage import Transaction

_PAGE = 200


def cluster_questions(work: Work, *, release: bool = False) -> dict[str, Any]:
    """Mask names in what came in, cluster and match it; with ``release`` hand it over, now and whatever follows."""
    term = work.view().rows(TERMS).get(work.request["term_id"])
    if release and term["cancelled"]:
        raise contract.WrongState(
            "该期已取消，不再向授课教师转交问题",
            "the term is cancelled; its questions are not handed over any more",
            term_id=term["_id"],
        )
    screened = masked(work, term["_id"])
    return arrange(
        work,
        term["_id"],
        Arrangement(screened=screened, release=release),
        lambda tx: coverage(tx, term["_id"]),
    )


def hand_over_questions(work: Work) -> dict[str, Any]:
    """Cluster what came in and hand it over, now and whatever follows."""
    return cluster_questions(work, release=True)


def digest_pending(work: Work) -> None:
    """Mask and cluster whatever came in since, term by term; where a term is released it is handed over as well."""
    waiting = work.view().rows(QUESTION_SETS).find({"pending": True}, fields=("term_id",))
    for term_id in sorted({row["term_id"] for row in waiting}):
        screened = masked(work, term_id)
        arrange(
            work,
            term_id,
            Arrangement(screened=screened),
            transact=lambda body, term_id=term_id: work.step(term_id, body),  # type: ignore[misc]
        )


def masked(work: Work, term_id: str) -> dict[str, str]:
    """Return the texts not screened yet, without the names of the people their unit nominated. Asks enrollment."""
    sets = work.view().rows(QUESTION_SETS).find({"term_id": term_id, "pending": True})
    if not sets:
        return {}
    names = _names_by_unit(work, term_id)
    return {
        item.question_id: without_names(item.text, names.get(row["unit_id"], ()))
        for row in sets
        for item in from_row(row).items
        if not item.screened
    }


def merge_question_clusters(work: Work) -> dict[str, Any]:
    """Make other clusters part of this one; what was said of this one holds for them, too."""
    target_id, others = work.request["cluster_id"], set(work.request["cluster_ids"]) - {work.request["cluster_id"]}

    def merged(clusters: list[Cluster]) -> list[Cluster]:
        found = _by_id(clusters, {target_id, *others})
        target = found[target_id]
        for cluster_id in sorted(others):
            _refuse_merging(target, found[cluster_id])
            target = target.with_members(found[cluster_id].members)
        rest = [cluster for cluster in clusters if cluster.cluster_id not in found]
        return [*rest, replace(target, by_person=True)]

    return _changed(work, merged)


def split_question_cluster(work: Work) -> dict[str, Any]:
    """Make some questions of a cluster a cluster of their own, in the same session; it is shown."""
    cluster_id, question_ids = work.request["cluster_id"], frozenset(work.request["question_ids"])
    fresh = new_id("cluster")

    def split(clusters: list[Cluster]) -> list[Cluster]:
        cluster = _by_id(clusters, {cluster_id})[cluster_id]
        taken = tuple(member for member in cluster.members if member.question_id in question_ids)
        if len(taken) != len(question_ids) or len(taken) == len(cluster.members):
            raise Invalid(
                f"该类共 {len(cluster.members)} 条问题，所选 {len(question_ids)} 条中有 {len(taken)} 条在其中；"
                "请只选其中一部分",
                f"the cluster has {len(cluster.members)} questions and {len(taken)} of the {len(question_ids)} named"
                " are among them; name some of them, not all",
                cluster_id=cluster_id,
            )
        left = cluster.without(question_ids)
        wording = left.members[0].text if cluster.middle in question_ids else cluster.wording
        own = replace(
            cluster, cluster_id=fresh, members=taken, wording=taken[0].text, by_person=True, answer=None
        ).taken_back()
        rest = [each for each in clusters if each.cluster_id != cluster_id]
        return [*rest, replace(left, wording=wording, by_person=True), own]

    return _changed(work, split, shows=fresh)


def change_question_cluster(work: Work) -> dict[str, Any]:
    """Reword a cluster, or put it to another session of the term, or to none."""
    request = work.request
    if "wording" in request:
        refuse_marking(request["wording"], "问题措辞", "the wording")
    row = work.view().rows(CLUSTERS).get(request["cluster_id"])
    session_id = request.get("session_id")
    if session_id is not None and session_id not in sessions_of(work.view(), row["term_id"]):
        raise NotFound(
            f"本期日程表中没有课次“{session_id}”，请从已下达的日程表中选取",
            f"the term's timetable has no session {session_id!r}; take one from the timetable that was issued",
            session_id=session_id,
        )

    def changed(clusters: list[Cluster]) -> list[Cluster]:
        cluster = _by_id(clusters, {row["_id"]})[row["_id"]]
        after = cluster
        if "wording" in request:
            after = replace(after, wording=without_personal_numbers(request["wording"]), by_person=True)
        if "session_id" in request and session_id != after.session_id:
            _refuse_given_back(cluster)
            after = after.in_session(session_id)
        return [after if each is cluster else each for each in clusters]

    return _changed(work, changed, reason="reassigned")


def _changed(work: Work, change: Any, shows: str | None = None, reason: str = "regrouped") -> dict[str, Any]:
    row = work.view().rows(CLUSTERS).get(work.request["cluster_id"])

    def reply(tx: Transaction) -> dict[str, Any]:
        return shown_with_members(tx, tx.rows(CLUSTERS).get(shows or row["_id"]))

    return arrange(work, row["term_id"], Arrangement(change=change, reason=reason), reply)


def _by_id(clusters: list[Cluster], wanted: set[str]) -> dict[str, Cluster]:
    found = {cluster.cluster_id: cluster for cluster in clusters if cluster.cluster_id in wanted}
    missing = sorted(wanted - found.keys())
    if missing:
        raise NotFound(
            f"本期没有编号为“{'、'.join(missing)}”的问题类，可能已被合并，请刷新后再试",
            f"the term has no cluster {', '.join(missing)}; it may have been merged: look again",
            cluster_ids=missing,
        )
    return found


def _refuse_merging(target: Cluster, other: Cluster) -> None:
    if other.kind != target.kind:
        raise Invalid(
            "问题和案例不能合并为一类", "a question and a case cannot become one cluster", cluster_id=other.cluster_id
        )
    _refuse_given_back(other)


def _refuse_given_back(cluster: Cluster) -> None:
    if cluster.state in ("answered", "used"):
        raise contract.WrongState(
            f"问题类 {cluster.cluster_id} 已解答或采用，并已反馈单位，不能再改归他处",
            f"cluster {cluster.cluster_id} was answered or used and the units know; it cannot go elsewhere any more",
            cluster_id=cluster.cluster_id,
            state=cluster.state,
        )


def _names_by_unit(work: Work, term_id: str) -> Mapping[str, set[str]]:
    names: dict[str, set[str]] = defaultdict(set)
    cursor: str | None = None
    while True:
        request: dict[str, Any] = {"term_id": term_id, "limit": _PAGE} | ({"cursor": cursor} if cursor else {})
        page = work.ask(LIST_NOMINATIONS, request)
        for nomination in page["items"]:
            names[nomination["unit_id"]].add(nomination["name"])
        cursor = page["next_cursor"]
        if not cursor:
            return names
