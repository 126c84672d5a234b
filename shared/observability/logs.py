"""Logs: one JSON object a line, of our own code and of every library alike, masked, with trace and correlation."""

from __future__ import annotations

import logging
import sys
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from shared.errors import Fault
from shared.observability.masking import masked

# Libraries that log each message or frame at INFO.
_TALKATIVE = ("amqp", "kombu", "pymongo", "nameko", "urllib3", "werkzeug", "eventlet")


def configure_logs(service: str, level: str = "INFO", form: str = "json", stream: TextIO | None = None) -> None:
    """Send all logging of this process to ``stream`` (standard error by default). May be called again."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _named(service),
                structlog.processors.format_exc_info,
                mask_event,
                *_renderers(form),
            ],
        )
    )
    handler.addFilter(_without_words)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))


def mask_event(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """Mask what is personal or secret in a log event (a structlog processor)."""
    hidden: dict[str, Any] = masked(dict(event))
    return hidden


def _without_words(record: logging.LogRecord) -> bool:
    """Let a line through; one about a refusal names its code: the words are for whoever asked, and may name people."""
    fault = record.exc_info[1] if record.exc_info else None
    if isinstance(fault, Fault) and record.name.startswith("nameko"):
        record.msg, record.args = "refused: %s", (fault.code,)
        record.exc_info = record.exc_text = None
    return True


def _named(service: str) -> Processor:
    def name(logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
        event.setdefault("service", service)
        return event

    return name


def _renderers(form: str) -> list[Processor]:
    if form == "console":
        return [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    return [
        structlog.processors.EventRenamer("message"),
        structlog.processors.JSONRenderer(ensure_ascii=False, sort_keys=True),
    ]
