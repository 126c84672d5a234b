"""What can be set at the gateway, with the values it has when nothing is said."""

from __future__ import annotations

from dataclasses import dataclass

from environs import FileAwareEnv


@dataclass(frozen=True)
class GatewaySettings:
    """Limits and secrets of one gateway.

    ``secrets``         sign caller tokens, key the hashes of keys and sessions; the first signs, all are accepted.
    ``json_limit``      bytes of a JSON body; ``upload_limit`` bytes of a multipart body.
    ``rate``, ``burst`` requests a second and at once, a caller and a process (see ``gateway/http/rate.py``).
    ``session_idle``, ``session_absolute``, ``lockout_seconds`` are seconds.
    ``seats``, ``standing`` requests of one process that may be at services at once, and wait a moment for a seat; all
                        others get 503. Together with ``stream_seats`` fewer than the server's threads: the rest refuse.
    ``stream_seats``    event streams one process holds open at once: each keeps a worker thread.
    ``stream_rows``     events kept for ``Last-Event-ID``.
    ``trusted_proxies`` reverse proxies in front whose ``X-Forwarded-*`` headers are believed.
    ``metrics_token``   when set, ``/metrics`` asks for it as a bearer token; else it is not there through a proxy.
    ``leaving``         path of a file that says, once it is there, that this gateway is about to go (``leave``).
    """

    secrets: tuple[str, ...]
    json_limit: int = 1024 * 1024
    upload_limit: int = 10 * 1024 * 1024
    json_depth: int = 32
    rate: float = 100.0
    burst: int = 200
    session_idle: int = 600
    session_absolute: int = 8 * 3600
    lockout_failures: int = 5
    lockout_seconds: int = 300
    secure_cookies: bool = True
    trusted_proxies: int = 0
    seats: int = 16
    standing: int = 4
    stream_seats: int = 8
    stream_rows: int = 10_000
    metrics_token: str = ""
    leaving: str = ""


def read_gateway_settings(secrets: tuple[str, ...]) -> GatewaySettings:
    """Return the settings of this process's environment: ``DIAOXUN_GATEWAY_`` and the name in capitals."""
    env = FileAwareEnv()
    defaults = GatewaySettings(secrets)
    with env.prefixed("DIAOXUN_GATEWAY_"):
        return GatewaySettings(
            secrets,
            rate=env.float("RATE", defaults.rate),
            burst=env.int("BURST", defaults.burst),
            session_idle=env.int("SESSION_IDLE", defaults.session_idle),
            session_absolute=env.int("SESSION_ABSOLUTE", defaults.session_absolute),
            secure_cookies=env.bool("SECURE_COOKIES", defaults.secure_cookies),
            trusted_proxies=env.int("TRUSTED_PROXIES", defaults.trusted_proxies),
            seats=env.int("SEATS", defaults.seats),
            standing=env.int("STANDING", defaults.standing),
            stream_seats=env.int("STREAM_SEATS", defaults.stream_seats),
            metrics_token=env.str("METRICS_TOKEN", defaults.metrics_token),
            leaving=env.str("LEAVING", defaults.leaving),
        )
