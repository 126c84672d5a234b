"""A typed client of the gateway; needs httpx (extra ``cli``) and nothing else of the platform.

``Diaoxun("http://127.0.0.1:8080", key).scheduling.list_plans()`` — see ``README.md`` of the gateway.
"""

from gateway.client.api import Diaoxun
from gateway.client.wire import UNSET, Download, Problem, pages

__all__ = ["UNSET", "Diaoxun", "Download", "Problem", "pages"]
