"""Handing a term's questions to the lecturers of their sessions: each to the present one, and once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from services.outcomes.domain.cluster import Cluster, Session


@dataclass(frozen=True)
class Batch:
    """What goes to one lecturer at once. ``first_on`` is the day of the earliest of its sessions."""

    handover_id: str
    lecturer_id: str
    session_ids: tuple[str, ...]
    clusters: int
    first_on: date


@dataclass(frozen=True)
class Settlement:
    """Clusters as they are then, what is handed over, and which earlier hand-overs have nothing left to deal with."""

    clusters: tuple[Cluster, ...]
    batches: tuple[Batch, ...]
    emptied: frozenset[str]


def settle(
    clusters: Iterable[Cluster],
    sessions: Sequence[Session],
    open_ids: Iterable[str],
    released: bool,
    new_id: Callable[[], str],
) -> Settlement:
    """Return what has to be handed over now that sessions, lecturers or clusters are as given.

    A cluster its lecturer has spoken of stays with that lecturer. Any other is taken back from whoever is no longer
    the lecturer of its session and, once the term is ``released``, given to whoever is. ``open_ids`` are the
    hand-overs not closed yet.
    """
    by_id = {session.session_id: session for session in sessions}
    settled: list[Cluster] = []
    due: dict[str, list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        session = by_id.get(cluster.session_id or "")
        lecturer = session.lecturer_id if session and released else None
        if cluster.concluded or (cluster.handover_id is not None and cluster.lecturer_id == lecturer):
            settled.append(cluster)
        elif lecturer is None:
            settled.append(cluster.taken_back())
        else:
            due[lecturer].append(cluster)
    batches = []
    for lecturer, given in sorted(due.items()):
        batch = _batch(new_id(), lecturer, given, by_id)
        batches.append(batch)
        settled += [replace(each, handover_id=batch.handover_id, lecturer_id=lecturer) for each in given]
    held = {cluster.handover_id for cluster in settled}
    return Settlement(tuple(settled), tuple(batches), frozenset(set(open_ids) - held))


def _batch(handover_id: str, lecturer: str, given: Sequence[Cluster], sessions: dict[str, Session]) -> Batch:
    session_ids = sorted({str(cluster.session_id) for cluster in given})
    first = min(sessions[session_id].on for session_id in session_ids)
    return Batch(handover_id, lecturer, tuple(session_ids), len(given), date.fromisoformat(first))


def receipt_due(today: date, first_on: date, days: int) -> date:
    """Return the last day to receipt: ``days`` days from today, and before the first session where that still can be.

    The days are counted on the calendar; today is not counted.
    """
    return max(today, min(today + timedelta(days=days), first_on - timedelta(days=1)))
