"""The AsyncAPI 3.0 document: every event, where it is published and what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from apispec import APISpec

from shared.contracts.documented_schemas import DocumentedSchemas
from shared.contracts.event import Event
from shared.contracts.openapi import component_name
from shared.contracts.service import ServiceContract

VERSION = "3.0.0"


def asyncapi_document(contracts: Iterable[ServiceContract], version: str = "1.0.0") -> dict[str, Any]:
    """Return the document: a channel and a message an event, a ``send`` operation of its service."""
    # apispec knows how marshmallow fields look as JSON Schema; OpenAPI 3.1 and AsyncAPI 3.0 share that dialect.
    spec = APISpec("events", version, "3.1.0", plugins=[DocumentedSchemas()])
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for contract in contracts:
        for event in contract.events:
            name = component_name(event.data)
            if name not in spec.components.schemas:
                spec.components.schema(name, schema=event.data)
            messages[event.type] = _message(event, name)
            channels[event.type] = _channel(event)
            operations[f"send-{event.type}"] = {
                "action": "send",
                "channel": {"$ref": f"#/channels/{event.type}"},
                "summary": f"{event.summary.zh} / {event.summary.en}",
                "tags": [{"name": contract.name}],
            }
    return {
        "asyncapi": VERSION,
        "info": {
            "title": "Diaoxun 调训 events",
            "version": version,
            "description": "CloudEvents 1.0 结构化 JSON，经 RabbitMQ 主题交换机发布；至少送达一次，请按 id 去重。\n\n"
            "CloudEvents 1.0, structured JSON, RabbitMQ topic exchanges; delivered at least once, drop doubles by id.",
            "license": {"name": "Apache-2.0"},
        },
        "defaultContentType": "application/json",
        "servers": {"broker": {"host": "broker.example:5672", "protocol": "amqp", "protocolVersion": "0.9.1"}},
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages, "schemas": spec.to_dict().get("components", {}).get("schemas", {})},
    }


def _channel(event: Event) -> dict[str, Any]:
    return {
        "address": event.type,
        "messages": {"event": {"$ref": f"#/components/messages/{event.type}"}},
        "bindings": {
            "amqp": {
                "is": "routingKey",
                "exchange": {"name": f"{event.service}.events", "type": "topic", "durable": True, "autoDelete": False},
            }
        },
    }


def _message(event: Event, name: str) -> dict[str, Any]:
    return {
        "name": event.type,
        "title": f"{event.summary.zh} / {event.summary.en}",
        "contentType": "application/json",
        "payload": {
            "type": "object",
            "required": ["specversion", "id", "source", "type", "time", "data"],
            "properties": {
                "specversion": {"const": "1.0"},
                "id": {"type": "string"},
                "source": {"const": f"/diaoxun/{event.service}"},
                "type": {"const": event.type},
                "subject": {"type": "string"},
                "time": {"type": "string", "format": "date-time"},
                "datacontenttype": {"const": "application/json"},
                "traceparent": {"type": "string"},
                "correlationid": {"type": "string"},
                "data": {"$ref": f"#/components/schemas/{name}"},
            },
        },
    }
