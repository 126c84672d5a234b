"""Filters: built in code, never taken from a request.

An injection (``{"$ne": ""}`` where a text was meant) is stopped three times:
1. the request schema: a marshmallow ``String`` or ``Integer`` field refuses an object before any code runs;
2. ``Store.transact`` and ``Store.view`` refuse a request that has a key beginning with ``$`` anywhere
   (``refuse_operators``), so fields that do take objects (``Dict``, ``Raw``) cannot carry one in;
3. ``Rows`` lets only the operators below into a filter: nothing that runs code or compares across fields.
For a value of unknown shape write ``exactly(value)``: it is compared literally, whatever it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from shared.errors import Invalid
from shared.security.caller import WHOLE_CITY, Caller
from shared.storage.schema import Collection

OPERATORS = frozenset(
    "$eq $ne $gt $gte $lt $lte $in $nin $exists $type $all $size $elemMatch $mod $regex $options".split()  # noqa: SIM905
) | {"$not", "$and", "$or", "$nor"}
# The stages that neither write nor run code; the service's own pipelines need no more.
_STAGES_REFUSED = frozenset({"$out", "$merge", "$function", "$accumulator", "$where"})


def exactly(value: Any) -> dict[str, Any]:
    """Return a condition that compares literally: an object in ``value`` is a value, never an operator."""
    return {"$eq": value}


def refuse_operators(request: Any) -> None:
    """Raise ``Invalid`` when a key of plain request data begins with ``$``, at any depth."""
    if isinstance(request, Mapping):
        for key, value in request.items():
            if isinstance(key, str) and key.startswith("$"):
                raise Invalid(
                    f"请求中的键“{key[:40]}”以 $ 开头，不允许；请改用接口说明中的字段名",
                    f"keys beginning with $ are refused, the request has {key[:40]!r}; use the contract's fields",
                )
            refuse_operators(value)
    elif isinstance(request, (list, tuple)):
        for item in request:
            refuse_operators(item)


def checked(collection: Collection, condition: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the filter, flattened. Raises ``Invalid`` for an operator not let in, ``ValueError`` on a sealed field."""
    _check(collection, condition)
    return flattened(condition)


def flattened(condition: Mapping[str, Any]) -> dict[str, Any]:
    """Return a filter that means the same with as little ``$and`` as possible.

    SecantusDB looks for an index only among the fields at the top: ``{"$and": [{"_id": …}, {}]}`` reads every
    document there is, ``{"_id": …}`` one.
    """
    flat: dict[str, Any] = {}
    clashing: list[dict[str, Any]] = []
    for part in _parts(condition):
        if flat.keys() & part.keys():
            clashing.append(part)
        else:
            flat |= part
    return {**flat, "$and": clashing} if clashing else flat


def _parts(condition: Mapping[str, Any]) -> list[dict[str, Any]]:
    own = {key: value for key, value in condition.items() if key != "$and"}
    nested = list(condition.get("$and", ()))
    if len(own.get("$or", ())) == 1:
        nested += own.pop("$or")
    return [own, *(part for each in nested for part in _parts(each))]


def _check(collection: Collection, condition: Any) -> None:
    if isinstance(condition, Mapping):
        for key, value in condition.items():
            if key.startswith("$") and key not in OPERATORS:
                raise Invalid(
                    f"查询条件不允许使用运算符“{key[:40]}”",
                    f"the operator {key[:40]!r} is not let into a filter",
                )
            if key in collection.sealed:
                raise ValueError(f"{collection.name}.{key} is sealed and cannot be filtered; use by_blind")
            if key != "$eq":
                _check(collection, value)
    elif isinstance(condition, (list, tuple)):
        for item in condition:
            _check(collection, item)


def check_pipeline(stages: Any) -> None:
    """Raise ``Invalid`` for a pipeline that writes or runs code."""
    if isinstance(stages, Mapping):
        for key, value in stages.items():
            if key in _STAGES_REFUSED:
                raise Invalid(f"聚合中不允许使用“{key}”", f"{key!r} is not let into an aggregation")
            check_pipeline(value)
    elif isinstance(stages, Sequence) and not isinstance(stages, (str, bytes)):
        for item in stages:
            check_pipeline(item)


def reach(caller: Caller, field: str = "unit_id") -> dict[str, Any]:
    """Return the filter that says what ``Caller.reaches`` says, on a field that holds a unit id."""
    if caller.reaches_whole_city():
        return {}
    if len(caller.units) == 1:
        return {"$and": [subtree(caller.units[0], field)]}
    # A range, not a pattern: "/" follows "." in byte order, so it holds exactly the texts that begin with "root.".
    below = [{field: {"$gte": f"{root}.", "$lt": f"{root}/"}} for root in caller.units if root != WHOLE_CITY]
    return {"$and": [{"$or": [{field: {"$in": list(caller.units)}}, *below]}]}


def subtree(root: str, field: str = "unit_id") -> dict[str, Any]:
    """Return the filter for a unit and all below it, on a field that holds a unit id.

    One anchored pattern: MongoDB reads its fixed beginning from an index, and SecantusDB, which gives up every index
    of a filter with ``$or`` in it, can still use the other fields.
    """
    return {field: {"$regex": rf"^{re.escape(root)}(\.|$)"}}
