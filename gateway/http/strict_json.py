"""JSON read strictly: what two parsers could read in two ways is refused."""

from __future__ import annotations

import json
import math
from typing import Any

from shared.errors import Malformed


def read_json(body: bytes, depth_limit: int) -> dict[str, Any]:
    """Return the object in ``body``.

    Raises ``Malformed`` for anything but one UTF-8 JSON object without doubled keys, ``NaN``, infinities, half
    surrogates or nesting deeper than ``depth_limit``.
    """
    try:
        value = json.loads(
            body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_constant, parse_float=_float
        )
    except UnicodeDecodeError as error:
        raise Malformed(
            f"请求正文不是 UTF-8 编码（第 {error.start + 1} 字节处），请改用 UTF-8 后重新提交",
            f"the body is not UTF-8 (at byte {error.start + 1}); encode it as UTF-8 and send it again",
        ) from None
    except json.JSONDecodeError as error:
        raise Malformed(
            f"请求正文不是合法的 JSON（第 {error.lineno} 行第 {error.colno} 列），请更正后重新提交",
            f"the body is not JSON (line {error.lineno}, column {error.colno}); correct it and send it again",
            line=error.lineno,
            column=error.colno,
        ) from None
    except RecursionError:
        raise _too_deep(depth_limit) from None
    except ValueError:
        raise Malformed(
            "请求正文中有过长的数字，请更正后重新提交", "the body holds a number with too many digits; correct it"
        ) from None
    if not isinstance(value, dict):
        raise Malformed(
            "请求正文应为一个 JSON 对象（以 { 开头）", "the body has to be one JSON object (starting with {)"
        )
    _walk(value, depth_limit)
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        double = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
        raise Malformed(
            f"字段“{double[:80]}”在同一对象中出现两次，请只保留一个",
            f"the field {double[:80]!r} stands twice in one object; keep one of them",
            field=double[:80],
        )
    return found


def _constant(name: str) -> float:
    raise Malformed(f"JSON 不允许数值 {name}，请改为普通数字或 null", f"JSON has no {name}; send a number or null")


def _float(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise Malformed(f"数值 {text[:40]} 超出范围", f"the number {text[:40]} is out of range")
    return number


def _walk(value: Any, depth_limit: int) -> None:
    level: list[Any] = [value]
    depth = 0
    while level:
        depth += 1
        if depth > depth_limit:
            raise _too_deep(depth_limit)
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(item.keys())
                below.extend(item.values())
            elif isinstance(item, list):
                below.extend(item)
            elif isinstance(item, str):
                _refuse_half_surrogates(item)
        level = [item for item in below if isinstance(item, (dict, list, str))]


def _refuse_half_surrogates(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Malformed(
            "请求正文含有不成对的 Unicode 代理字符，请更正后重新提交",
            "the body holds half of a surrogate pair; correct the escape and send it again",
        ) from None


def _too_deep(limit: int) -> Malformed:
    return Malformed(
        f"JSON 嵌套超过 {limit} 层，请减少嵌套", f"the JSON is nested deeper than {limit} levels", limit=limit
    )
