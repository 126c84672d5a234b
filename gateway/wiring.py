"""Putting a gateway together: the one place that knows all its parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gateway.administration.accounts import AccountOperations
from gateway.administration.events import EventOperations
from gateway.administration.keys import KeyOperations
from gateway.administration.links import LinkOperations
from gateway.administration.sessions import SessionOperations
from gateway.administration.switchboard import OwnOperation, Switchboard
from gateway.auth.guesses import Guesses
from gateway.auth.identity import KeysLinksAndSessions
from gateway.auth.keys import KeyCheck
from gateway.auth.links import LinkCheck
from gateway.auth.pepper import Pepper
from gateway.auth.sessions import Sessions
from gateway.auth.titles import CallerTitles
from gateway.contract import CONTRACT
from gateway.events.log import EventLog
from gateway.events.stream import EventStream
from gateway.http.measures import Measures
from gateway.http.rate import RateLimiter
from gateway.http.seats import SeatedRpc, Seats
from gateway.parts import Parts
from gateway.ports import Rpc
from gateway.settings import GatewaySettings
from shared.clock import Clock
from shared.contracts import ServiceContract
from shared.security.links import PersonalLinks
from shared.storage import Store


def put_together(
    settings: GatewaySettings,
    contracts: Sequence[ServiceContract],
    rpc: Rpc,
    store: Store,
    clock: Clock,
    probes: Mapping[str, Callable[[], object]] | None = None,
    stream: EventStream | None = None,
) -> Parts:
    """Return the parts of a gateway over a store of ``gateway.store.SCHEMA`` and a way to call services.

    ``clock`` judges the ends of keys, sessions and locks: give the machine's clock even where services have a settable
    one, unless a rehearsal means to log everybody out.
    """
    pepper = Pepper(settings.secrets)
    sessions = Sessions(store, clock, pepper, settings)
    keys = KeyCheck(store, clock, pepper)
    personal = PersonalLinks(settings.secrets)
    links = LinkCheck(store, personal)
    stream = stream or EventStream(EventLog(store, settings.stream_rows), settings.stream_seats)
    own = (
        SessionOperations(store, clock, sessions, Guesses(clock, pepper, settings)),
        KeyOperations(store, clock, pepper, keys),
        LinkOperations(store, personal, links),
        AccountOperations(store, clock, sessions),
        EventOperations(stream.log),
    )
    return Parts(
        settings=settings,
        contracts=tuple(contracts),
        rpc=Switchboard(SeatedRpc(rpc, Seats(settings.seats, settings.standing)), _by_name(own)),
        identity=KeysLinksAndSessions(keys, links, sessions),
        sessions=sessions,
        limiter=RateLimiter(settings.rate, settings.burst),
        clock=clock,
        measures=Measures(),
        stream=stream,
        links=links,
        titles=CallerTitles(store),
        probes={"store": store.ping, **(probes or {})},
    )


def _by_name(groups: Sequence[object]) -> dict[str, OwnOperation]:
    names = [operation.name for operation in CONTRACT.operations]
    return {name: getattr(group, name) for group in groups for name in names if hasattr(group, name)}
