"""The topics of a programme: what stands between 围绕 and 进行培训."""

from __future__ import annotations

import re
from collections.abc import Iterator

from services.scheduling.domain.numerals import tidy

_VERB = r"(?:进行|开展|展开|组织|举行|实施)(?:专题|集中|系统|深入)?(?:培训|研讨|学习|轮训|交流|研修)"
_AROUND = re.compile(r"(?<!紧)(?:紧紧)?围绕(?=[^。])")
_CLOSED_BY = re.compile(_VERB)
_AROUND_OPEN = re.compile(r"围绕(?P<topics>[^。]+)")
_LISTED = re.compile(r"(?:主要|培训|研讨|学习|课程)内容(?:主要)?(?:为|是|包括|有|[:：])[:：]?(?P<topics>[^。]+)")
_TRAILING = re.compile(
    r"(?:等(?:[几两三四五六七八九十\d]+个)?(?:重点工作|方面|内容|重点|主题|专题|问题)*+|(?:这)?[几两三四五六]个方面)$"
)
_OPEN, _CLOSE = "《“‘（(〈「『【", "》”’）)〉」』】"
_SPLIT = "、；;，,"


def read_points(text: str) -> list[str]:
    """Return the topics of a programme's paragraph, in order, without doubles; empty when none is named."""
    text = tidy(text)
    found = [topics for topics, _ in _around(text)]
    if not found:
        found = [match.group("topics") for match in _LISTED.finditer(text)]
    if not found:
        found = [match.group("topics") for match in _AROUND_OPEN.finditer(text)]
    points = [point for topics in found for point in _split(_without_tail(topics.strip("，,：: ")))]
    return list(dict.fromkeys(points))


def seminar_or_training(text: str) -> str | None:
    """Return ``seminar`` or ``training`` by the verb that closes the list of topics; ``None`` without one."""
    _, verb = next(_around(tidy(text)), ("", None))
    if verb is None:
        return None
    return "seminar" if verb.endswith(("研讨", "交流")) else "training"


def _around(text: str) -> Iterator[tuple[str, str]]:
    """Yield topics and verb of each 围绕…进行培训, from 围绕 to the nearest verb of its sentence."""
    at = 0
    while opened := _AROUND.search(text, at):
        stop = text.find("。", opened.end())
        stop = len(text) if stop < 0 else stop
        closed = _CLOSED_BY.search(text, opened.end() + 1, stop)
        if closed:
            yield text[opened.end() : closed.start()], closed.group()
        # One verb closes for every 围绕 before it, so where this one finds none, no later one of its sentence does.
        at = closed.end() if closed else stop


def _without_tail(topics: str) -> str:
    return _TRAILING.sub("", topics) or topics


def _split(topics: str) -> list[str]:
    points, depth, current = [], 0, ""
    for char in topics:
        depth += (char in _OPEN) - (char in _CLOSE)
        if char in _SPLIT and depth <= 0:
            points.append(current)
            current = ""
        else:
            current += char
    points.append(current)
    return [stripped for point in points if (stripped := point.strip(" ：:"))]
