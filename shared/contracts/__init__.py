"""Contracts as data: from them come routes, RPC validation, OpenAPI, AsyncAPI and the Python client."""

from shared.contracts.event import Event
from shared.contracts.operation import Operation
from shared.contracts.schema import EventData, Page, Reply, Request, page_of
from shared.contracts.service import ServiceContract

__all__ = ["Event", "EventData", "Operation", "Page", "Reply", "Request", "ServiceContract", "page_of"]
