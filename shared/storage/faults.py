"""Driver errors as faults: what clashed or broke, never the values (they may be personal data)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.errors import (
    BulkWriteError,
    ConnectionFailure,
    DuplicateKeyError,
    ExecutionTimeout,
    InvalidOperation,
    OperationFailure,
    PyMongoError,
    WriteError,
)

from shared.errors import Conflict, Fault, Unavailable
from shared.wording import Words

TRANSIENT = "TransientTransactionError"
UNKNOWN_COMMIT = "UnknownTransactionCommitResult"
_DUPLICATE = 11000
_REFUSED = 121
# Not primary, shutting down, stepped down, interrupted: another node, or the same one soon, will answer.
_PASSING = frozenset({6, 7, 24, 50, 89, 91, 112, 189, 202, 251, 262, 317, 358, 9001, 10107, 11600, 11602, 13435, 13436})


class StorageFault(Fault):
    """The store refused something that the service should not have asked: a defect of the service."""

    code = "storage-fault"
    status = 500
    title = Words("数据存储错误", "Storage fault")


class AlreadyPresent(Conflict):
    """A document with the same identifier or the same value of a unique index exists."""

    code = "already-present"
    title = Words("记录已存在", "Already present")


def unavailable(why: str) -> Unavailable:
    """Return the fault for a store that does not answer."""
    return Unavailable(
        "数据库暂时不可用，请稍后用同一幂等键重试",
        "the database does not answer now; try again later with the same idempotency key",
        part="store",
        reason=why,
    )


def fault_of(error: PyMongoError, collection: str = "") -> Fault:
    """Return the fault that stands for a driver error. The driver's own text is dropped: it quotes values."""
    if isinstance(error, BulkWriteError):
        details: Mapping[str, Any] = error.details or {}
        first: Mapping[str, Any] = next(iter(details.get("writeErrors") or ()), {})
        return _of_write(first.get("code"), first, collection, type(error).__name__)
    if isinstance(error, (DuplicateKeyError, WriteError)):
        return _of_write(error.code, error.details or {}, collection, type(error).__name__)
    if isinstance(error, (ConnectionFailure, ExecutionTimeout)):
        return unavailable(type(error).__name__)
    if isinstance(error, OperationFailure):
        if error.code in _PASSING or error.has_error_label("RetryableWriteError"):
            return unavailable(f"{type(error).__name__} {error.code}")
        return _of_write(error.code, error.details or {}, collection, type(error).__name__)
    if isinstance(error, InvalidOperation):
        return _defect(collection, "InvalidOperation")
    return (
        unavailable(type(error).__name__)
        if error.has_error_label(TRANSIENT)
        else _defect(collection, type(error).__name__)
    )


@contextmanager
def faults(collection: str = "", session: ClientSession | None = None) -> Iterator[None]:
    """Turn driver errors of the block into faults.

    One that a retry of the ``session``'s transaction may cure passes as it is, for whoever runs the transaction.
    """
    try:
        yield
    except PyMongoError as error:
        if session is not None and (error.has_error_label(TRANSIENT) or error.has_error_label(UNKNOWN_COMMIT)):
            raise
        raise fault_of(error, collection) from None


def _of_write(code: Any, details: Mapping[str, Any], collection: str, kind: str) -> Fault:
    if code == _DUPLICATE:
        fields = sorted(details.get("keyPattern") or ())
        named = "、".join(fields) or "?"
        return AlreadyPresent(
            f"集合“{collection}”中已有相同的 {named}，请改用已有记录或换一个值",
            f"{collection!r} already has a document with the same {', '.join(fields) or '?'};"
            " use that one or choose another value",
            collection=collection,
            fields=fields,
        )
    if code == _REFUSED:
        names = sorted(set(_refused_fields(details.get("errInfo"))))
        return StorageFault(
            f"写入“{collection}”的记录不符合该集合的校验规则：{'、'.join(names) or '?'}",
            f"a document for {collection!r} breaks the collection's validator at: {', '.join(names) or '?'}",
            collection=collection,
            fields=names,
        )
    if code in _PASSING:
        return unavailable(f"{kind} {code}")
    return _defect(collection, f"{kind} {code}")


def _defect(collection: str, reason: str) -> StorageFault:
    return StorageFault(
        "数据库拒绝了该操作，请把此信息交给运维人员",
        "the database refused the operation; give this to the operator",
        collection=collection,
        reason=reason,
    )


def _refused_fields(found: Any) -> Iterator[str]:
    if isinstance(found, Mapping):
        if isinstance(found.get("propertyName"), str):
            yield found["propertyName"]
        for key in ("missingProperties", "additionalProperties"):
            if isinstance(found.get(key), (list, tuple)):
                yield from (str(name) for name in found[key])
        for key, value in found.items():
            if key not in ("consideredValue", "specifiedAs"):
                yield from _refused_fields(value)
    elif isinstance(found, (list, tuple)):
        for item in found:
            yield from _refused_fields(item)
