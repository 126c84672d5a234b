"""Source text of the typed Python client: queries, commands and types of each service."""

from __future__ import annotations

import keyword
from collections.abc import Iterator
from typing import Any, Literal

from marshmallow import Schema, fields, validate

from shared.contracts.operation import Operation
from shared.contracts.service import ServiceContract

_PLAIN: tuple[tuple[type[fields.Field[Any]], str], ...] = (
    (fields.Boolean, "bool"),
    (fields.Integer, "int"),
    (fields.Float, "float"),
    (fields.Dict, "dict[str, Any]"),
    (fields.String, "str"),
    (fields.Decimal, "str"),
    (fields.DateTime, "str"),
    (fields.Date, "str"),
    (fields.Time, "str"),
)
_OPTIONS = {"idempotency_key", "if_match"}
_HEAD = (
    '"""{title}.\n\nMade from the contract by ``python -m gateway.generate``: do not edit.\n"""\n\n'
    "from __future__ import annotations\n\n"
)


def service_module(contract: ServiceContract) -> str:
    """Return the module with the service's class, which is its queries and its commands together."""
    name = contract.name
    return (
        _HEAD.format(title=f"Client of {contract.title.en} ({contract.title.zh})")
        + f"from gateway.client.{name}_commands import {name.capitalize()}Commands\n"
        + f"from gateway.client.{name}_queries import {name.capitalize()}Queries\n\n\n"
        + f"class {name.capitalize()}({name.capitalize()}Queries, {name.capitalize()}Commands):\n"
        + f'    """{contract.title.zh} / {contract.title.en}."""\n'
    )


def methods_module(contract: ServiceContract, kind: Literal["query", "command"]) -> str:
    """Return the module with a method for each query, or for each command."""
    methods = "\n".join(_method(operation) for operation in contract.operations if operation.kind == kind)
    part = {"query": "Queries", "command": "Commands"}[kind]
    used = [name for name in ("Unset", "UNSET", "Download", "given") if name in methods]
    literal = "from typing import Any, Literal\n\n" if "Literal[" in methods or "Any" in methods else ""
    return (
        _HEAD.format(title=f"{part} of {contract.title.en} ({contract.title.zh})")
        + literal
        + (f"from gateway.client import {contract.name}_types as types\n" if "types." in methods else "")
        + f"from gateway.client.wire import {', '.join(sorted([*used, 'Wire'], key=str.lower))}\n\n\n"
        + f"class {contract.name.capitalize()}{part}:\n"
        + f'    """{contract.title.zh} / {contract.title.en}."""\n\n'
        + "    def __init__(self, wire: Wire) -> None:\n        self._wire = wire\n\n"
        + methods
    )


def types_module(contract: ServiceContract) -> str:
    """Return the module with a ``TypedDict`` for every object the service takes or gives."""
    wanted: dict[str, Schema] = {}
    for operation in contract.operations:
        if not operation.download:
            _collect(operation.reply_schema, wanted)
        for field in operation.request_schema.fields.values():
            _collect_field(field, wanted)
    body = "\n\n".join(_typed_dict(name, schema) for name, schema in sorted(wanted.items()))
    used = [name for name in ("Any", "Literal", "NotRequired") if name in body]
    return (
        _HEAD.format(title=f"Objects of {contract.title.en} ({contract.title.zh})")
        + f"from typing import {', '.join([*used, 'TypedDict'])}\n\n\n"
        + body
    )


def facade_module(contracts: list[ServiceContract]) -> str:
    """Return the module with the client itself, which holds one object a service."""
    names = [contract.name for contract in contracts]
    lines = [
        _HEAD.format(title="The client of the whole platform"),
        *(f"from gateway.client.{name} import {name.capitalize()}\n" for name in sorted(names)),
        "from gateway.client.wire import Wire\n\n\n",
        "class Diaoxun:\n",
        '    """One gateway, seen by one caller. Safe for threads; close it, or use it in a ``with`` statement."""\n\n',
        "    def __init__(self, address: str, key: str, timeout: float = 30.0) -> None:\n",
        "        self.wire = Wire(address, key, timeout)\n",
        *(f"        self.{name} = {name.capitalize()}(self.wire)\n" for name in names),
        "\n    def close(self) -> None:\n",
        '        """Close the connections."""\n',
        "        self.wire.close()\n\n",
        "    def __enter__(self) -> Diaoxun:\n        return self\n\n",
        "    def __exit__(self, *_: object) -> None:\n        self.close()\n",
    ]
    return "".join(lines)


def _method(operation: Operation) -> str:
    required, optional = [], []
    for name, field in _ordered(operation):
        kind = "bytes" if name == operation.upload else _type(field, "types.")
        if field.required:
            required.append(f"{_safe(name)}: {kind}")
        else:
            bare = kind.removesuffix(" | None")
            optional.append(f"{_safe(name)}: {bare} | Unset{kind[len(bare) :]} = UNSET")
    clash = _OPTIONS & set(operation.request_schema.fields)
    if clash:
        raise ValueError(f"{operation.name}: the client keeps {sorted(clash)} for itself")
    if operation.kind == "command":
        optional.append("idempotency_key: str | None = None")
        if operation.versioned:
            optional.append("if_match: int | None = None")
    head = ", ".join(["self", *(["*"] if required or optional else []), *required, *optional])
    given = ", ".join(f"{_safe(name)}={_safe(name)}" for name, _ in _ordered(operation))
    kind = f"types.{type(operation.reply_schema).__name__}"
    result = "Download" if operation.download else kind if operation.reply_schema.fields else "None"
    arguments = [f'"{operation.verb}"', f'"{operation.path}"', f"given({given})"]
    if operation.kind == "command":
        arguments.append("idempotency_key=idempotency_key")
        if operation.versioned:
            arguments.append("if_match=if_match")
    if operation.upload:
        arguments.append(f'upload="{operation.upload}"')
    if result == kind:
        arguments.insert(0, kind)
    call = {"Download": "return self._wire.download", "None": "self._wire.run"}.get(result, "return self._wire.send")
    return (
        f"    def {operation.name}({head}) -> {result}:\n"
        f'        """{operation.summary.zh} / {operation.summary.en}."""\n'
        f"        {call}({', '.join(arguments)})\n"
    )


def _ordered(operation: Operation) -> list[tuple[str, fields.Field[Any]]]:
    known = operation.request_schema.fields
    return [(name, known[name]) for name in operation.path_fields] + [
        (name, field) for name, field in known.items() if name not in operation.path_fields
    ]


def _safe(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) else name


def _type(field: fields.Field[Any], prefix: str = "") -> str:
    return _bare(field, prefix) + (" | None" if field.allow_none else "")


def _bare(field: fields.Field[Any], prefix: str) -> str:
    if isinstance(field, fields.Nested):
        name = prefix + type(field.schema).__name__
        return f"list[{name}]" if field.many else name
    if isinstance(field, fields.List):
        return f"list[{_type(field.inner, prefix)}]"
    choices = _choices(field)
    if choices is not None:
        return f"Literal[{', '.join(repr(choice) for choice in choices)}]"
    for kind, name in _PLAIN:
        if isinstance(field, kind):
            return name
    return "Any"


def _choices(field: fields.Field[Any]) -> list[str] | None:
    for validator in field.validators:
        if isinstance(validator, validate.OneOf):
            choices = list(validator.choices)
            if choices and all(isinstance(choice, str) for choice in choices):
                return choices
    return None


def _typed_dict(name: str, schema: Schema) -> str:
    lines = [f"class {name}(TypedDict):", f'    """{(type(schema).__doc__ or name).strip().splitlines()[0]}"""']
    for key, field in schema.fields.items():
        kind = _type(field)
        lines.append(f"    {key}: {kind if field.required else f'NotRequired[{kind}]'}")
    return "\n".join(lines) + "\n"


def _collect(schema: Schema, wanted: dict[str, Schema]) -> None:
    name = type(schema).__name__
    if name in wanted:
        if type(wanted[name]) is not type(schema):
            raise ValueError(f"two schemas of one service are called {name}: rename one of them")
        return
    if schema.fields:
        wanted[name] = schema
    for field in schema.fields.values():
        _collect_field(field, wanted)


def _collect_field(field: fields.Field[Any], wanted: dict[str, Schema]) -> None:
    for inner in _nested(field):
        _collect(inner.schema, wanted)


def _nested(field: fields.Field[Any]) -> Iterator[fields.Nested]:
    if isinstance(field, fields.Nested):
        yield field
    elif isinstance(field, fields.List):
        yield from _nested(field.inner)
