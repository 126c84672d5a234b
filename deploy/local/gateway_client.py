"""Calling the gateway by the contracts: verb, path and fields come from the operation."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import httpx

from deploy.local.answers import Answers
from shared.contracts import Operation
from shared.errors import Fault

_PATIENCE_SECONDS = 60.0
_AGAIN = (429, 502, 503, 504)
_PAGE = 200


class Attachment(NamedTuple):
    """A file that goes with a call."""

    name: str
    content: bytes


class Refused(Fault):
    """The gateway said no; the message is its own."""

    code = "run-refused"


class GatewayClient:
    """One caller of the gateway, with an API key or a personal link. Safe for several threads."""

    def __init__(
        self, url: str, token: str, run: str, answers: Answers, connections: httpx.Client | None = None
    ) -> None:
        self.url = url
        self._run = run
        self._answers = answers
        self._headers = {"Authorization": f"Bearer {token}"}
        self._http = connections or httpx.Client(
            base_url=f"{url}/api/v1", headers={"Accept-Language": "zh"}, timeout=httpx.Timeout(90.0, connect=5.0)
        )

    def speaking_for(self, token: str) -> GatewayClient:
        """Return a client of somebody else, over the same connections and for the same run."""
        return GatewayClient(self.url, token, self._run, self._answers, self._http)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def call(
        self, operation: Operation, request: dict[str, Any], *, step: str = "", file: Attachment | None = None
    ) -> dict[str, Any]:
        """Run an operation and return its reply.

        ``step`` names a command within the run: the same step of the same run is carried out once, however often it
        is sent and whenever. Raises ``Refused``.
        """
        if step and (known := self._answers.get(step)) is not None:
            return known
        path = operation.path.format(**request)
        rest = {name: value for name, value in request.items() if name not in operation.path_fields}
        options: dict[str, Any] = {"headers": {**self._headers, **_once(f"{self._run}/{step}" if step else "")}}
        if operation.verb in ("GET", "DELETE"):
            options["params"] = rest
        elif file is not None:
            options["data"] = rest
        else:
            options["json"] = rest
        answer = self._answer(operation, path, options, file)
        if step:
            self._answers.keep(step, answer)
        return answer

    def pages(self, operation: Operation, request: dict[str, Any]) -> Iterator[dict[str, Any]]:
        """Yield the rows of a paged query."""
        cursor: dict[str, Any] = {}
        while True:
            page = self.call(operation, {**request, "limit": _PAGE, **cursor})
            yield from page["items"]
            if not page["next_cursor"]:
                return
            cursor = {"cursor": page["next_cursor"]}

    def _answer(
        self, operation: Operation, path: str, options: dict[str, Any], file: Attachment | None
    ) -> dict[str, Any]:
        ends = time.monotonic() + _PATIENCE_SECONDS
        pause = 0.1
        while True:
            if file is not None:
                options["files"] = {operation.upload: (file.name, file.content)}
            response = self._http.request(operation.verb, path, **options)
            if response.status_code not in _AGAIN or time.monotonic() > ends:
                break
            time.sleep(pause)
            pause = min(2.0, pause * 2)
        if response.is_success:
            answer: dict[str, Any] = response.json()
            return answer
        raise _refusal(operation, response)


def _once(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key} if key else {}


def _refusal(operation: Operation, response: httpx.Response) -> Refused:
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    message = problem.get("message") or {}
    zh, en = message.get("zh") or problem.get("detail") or response.text[:300], message.get("en") or ""
    return Refused(
        f"{operation.summary.zh}：{zh}", f"{operation.summary.en}: {en or zh}",
        status=response.status_code, code=problem.get("code"), fields=problem.get("fields"),
    )  # fmt: skip
