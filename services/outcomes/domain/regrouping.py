"""What a term's questions come to: clusters kept, formed anew and matched to sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from services.outcomes.domain.cluster import Asked, Cluster, Session
from services.outcomes.domain.clustering import nearest, stars
from services.outcomes.domain.ngrams import Weights, likeness, shared_words

_TAUGHT = frozenset({"lecture", "discussion", "field"})


def regroup(
    asked: Sequence[Asked], clusters: Iterable[Cluster], nearness: int, new_id: Callable[[], str]
) -> list[Cluster]:
    """Return clusters that hold every question of ``asked`` once; ``nearness`` in percent.

    Clusters that stay are kept; a new question joins the nearest of them that nobody has answered yet, and the others
    are clustered anew. Without clusters that stay the result depends on the questions alone, not on their order.
    """
    by_kind: dict[str, list[Asked]] = defaultdict(list)
    for each in asked:
        by_kind[each.kind].append(each)
    known = list(clusters)
    kept = [cluster for cluster in known if cluster.stays]
    former = {cluster.middle: cluster.cluster_id for cluster in known if not cluster.stays}
    found = []
    for kind in sorted({*by_kind, *(cluster.kind for cluster in kept)}):
        found += _of_a_kind(by_kind[kind], [each for each in kept if each.kind == kind], nearness / 100, former, new_id)
    return found


def _of_a_kind(
    asked: Sequence[Asked], kept: Sequence[Cluster], nearness: float, former: dict[str, str], new_id: Callable[[], str]
) -> list[Cluster]:
    placed = {member.question_id for cluster in kept for member in cluster.members}
    free = {each.question_id: each for each in asked if each.question_id not in placed}
    texts = {identifier: each.text for identifier, each in free.items()}
    joined = nearest(texts, {each.cluster_id: each.wording for each in kept if not each.concluded}, nearness)
    joining: dict[str, list[Asked]] = defaultdict(list)
    for question_id, cluster_id in joined.items():
        joining[cluster_id].append(free[question_id])
    grown = [cluster.with_members(joining[cluster.cluster_id]) for cluster in kept]
    rest = {identifier: text for identifier, text in texts.items() if identifier not in joined}
    formed = [
        Cluster(
            former.get(star.middle) or new_id(),
            free[star.middle].kind,
            free[star.middle].text,
            tuple(free[identifier] for identifier in star.members),
        )
        for star in stars(rest, nearness)
    ]
    return grown + formed


def match(clusters: Sequence[Cluster], sessions: Sequence[Session], least: int) -> list[Cluster]:
    """Return the clusters with the sessions they belong to; ``least`` is the least likeness in percent.

    A session once found stays as long as the timetable has it, a session a person chose too. Of two sessions as like
    the one with a lecturer is taken, then the earlier one.
    """
    there = {session.session_id for session in sessions}
    taught = [session for session in sessions if session.form in _TAUGHT]
    weights = Weights([*(cluster.wording for cluster in clusters), *(_words(session) for session in taught)])
    vectors = [(session, weights.vector(_words(session))) for session in taught]
    found = []
    for cluster in clusters:
        put_aside = cluster.session_by == "person" and cluster.session_id is None
        if cluster.concluded or put_aside or cluster.session_id in there:
            found.append(cluster)
            continue
        mine = weights.vector(cluster.wording)
        ranked = sorted(
            (-round(100 * likeness(mine, vector)), session.lecturer_id is None, session.on, session.session_id)
            for session, vector in vectors
        )
        found.append(_matched(cluster, ranked, sessions, least))
    return found


def _matched(
    cluster: Cluster, ranked: Sequence[tuple[int, bool, str, str]], sessions: Sequence[Session], least: int
) -> Cluster:
    if not ranked or -ranked[0][0] < max(least, 1):
        return replace(cluster, session_id=None, session_by=None, likeness=0, shared=())
    best = next(session for session in sessions if session.session_id == ranked[0][3])
    return replace(
        cluster,
        session_id=best.session_id,
        session_by="match",
        likeness=-ranked[0][0],
        shared=shared_words(cluster.wording, _words(best)),
    )


def _words(session: Session) -> str:
    return f"{session.title} {session.title} {session.module}"
