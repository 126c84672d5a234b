"""ETags: strong ones from a version, weak ones from the content (RFC 9110 §8.8, §13)."""

from __future__ import annotations

import hashlib
import re

from flask import Request

from shared.contracts import Operation
from shared.errors import Invalid, Malformed

_VERSION_TAG = re.compile(r'"([1-9][0-9]{0,17})"')


def expected_version(http: Request, operation: Operation) -> int | None:
    """Return the version that ``If-Match`` demands, ``None`` for none or ``*``.

    Raises ``Malformed`` for a tag that no version of ours can have, ``Invalid`` where nothing has a version: to pass
    over a demanded check would let the caller believe that it held.
    """
    given = http.headers.get("If-Match")
    if given is None or operation.kind == "query":
        return None
    if not operation.versioned:
        raise Invalid(
            "本操作的对象没有版本，请去掉 If-Match 请求头", "nothing here has a version; leave out the If-Match header"
        )
    if given.strip() == "*":
        return None
    tag = _VERSION_TAG.fullmatch(given.strip())
    if tag is None:
        raise Malformed(
            f'If-Match 的值 {given[:80]} 无法识别，应为读取时得到的 ETag，例如 "3"',
            f'If-Match {given[:80]} cannot be read; send the ETag of your last read, such as "3"',
        )
    return int(tag[1])


def entity_tag(operation: Operation, reply: dict[str, object], content: bytes) -> str:
    """Return the ETag of a reply: its version where it has one, else a weak hash of its bytes.

    A version serves ``If-Match`` only. It says that the document is as it was, not that the reply is: that also tells
    of other documents and of the day.
    """
    version = reply.get("version") if operation.versioned else None
    if isinstance(version, int):
        return f'"{version}"'
    return f'W/"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'


def tells_content(tag: str) -> bool:
    """Return whether a tag of ``entity_tag`` is one of the whole reply, so that it may be answered 304."""
    return tag.startswith("W/")


def is_known(http: Request, tag: str) -> bool:
    """Return whether ``If-None-Match`` holds ``tag`` (weak comparison, as for GET)."""
    given = http.headers.get("If-None-Match")
    if given is None:
        return False
    bare = tag.removeprefix("W/")
    return given.strip() == "*" or any(one.strip().removeprefix("W/") == bare for one in given.split(","))
