"""Source text of the typed Python client: calls and objects of each service, an aggregate a file."""

from __future__ import annotations

import dataclasses
import keyword
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

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


@dataclasses.dataclass
class _Aggregate:
    """What one module of a contract declares: its operations, and the objects they take or give."""

    operations: list[Operation] = dataclasses.field(default_factory=list)
    schemas: dict[str, Schema] = dataclasses.field(default_factory=dict)


def client_modules(contract: ServiceContract) -> dict[str, str]:
    """Return the source of a service's client by path: a file an aggregate, as the contract is divided.

    ``<service>/<aggregate>.py`` holds a method for each operation, ``<service>/types/<aggregate>.py`` a ``TypedDict``
    for each object, ``<service>/__init__.py`` the class that is all of them together.
    """
    aggregates = _aggregates(contract)
    homes = {name: aggregate for aggregate, part in aggregates.items() for name in part.schemas}
    folder = contract.name
    modules = {
        f"{folder}/__init__.py": _service_module(contract, [name for name in aggregates if aggregates[name].operations])
    }
    for name, part in aggregates.items():
        if part.operations:
            modules[f"{folder}/{name}.py"] = _calls_module(contract, name, part.operations, homes)
        if part.schemas:
            modules[f"{folder}/types/{name}.py"] = _types_module(contract, name, part.schemas, homes)
    modules[f"{folder}/types/__init__.py"] = _head(contract, "Objects").rstrip() + "\n"
    return modules


def _aggregates(contract: ServiceContract) -> dict[str, _Aggregate]:
    wanted: dict[str, Schema] = {}
    found: dict[str, _Aggregate] = defaultdict(_Aggregate)
    for operation in contract.operations:
        found[_home_of(operation)].operations.append(operation)
        if not operation.download:
            _collect(operation.reply_schema, wanted)
        for each in operation.request_schema.fields.values():
            _collect_field(each, wanted)
    for name, schema in sorted(wanted.items()):
        found[_module_of(schema)].schemas[name] = schema
    return dict(sorted(found.items()))


def _home_of(operation: Operation) -> str:
    # A request that many share, or an empty one, says nothing of the aggregate; the reply then does.
    for schema in (operation.request_schema, operation.reply_schema):
        if not type(schema).__module__.startswith("shared."):
            return _module_of(schema)
    return _module_of(operation.reply_schema)


def _module_of(schema: Schema) -> str:
    return type(schema).__module__.rsplit(".", 1)[-1]


def _head(contract: ServiceContract, part: str) -> str:
    return _HEAD.format(title=f"{part} of {contract.title.en} ({contract.title.zh})")


def _calls(aggregate: str) -> str:
    return "".join(word.capitalize() for word in aggregate.split("_")) + "Calls"


def _service_module(contract: ServiceContract, aggregates: list[str]) -> str:
    imports = "".join(
        f"from gateway.client.{contract.name}.{aggregate} import {_calls(aggregate)}\n" for aggregate in aggregates
    )
    bases = ", ".join(_calls(aggregate) for aggregate in aggregates)
    return (
        _HEAD.format(title=f"Client of {contract.title.en} ({contract.title.zh})")
        + f"{imports}\n\nclass {contract.name.capitalize()}({bases}):\n"
        + f'    """{contract.title.zh} / {contract.title.en}."""\n'
    )


def _calls_module(contract: ServiceContract, aggregate: str, operations: list[Operation], homes: dict[str, str]) -> str:
    methods = "\n".join(_method(operation) for operation in operations)
    used = [name for name in ("Unset", "UNSET", "Download", "given") if _names(name, methods)]
    return (
        _head(contract, f"{aggregate.replace('_', ' ').capitalize()}")
        + _typing(methods)
        + _imports(contract, methods, homes)
        + f"from gateway.client.wire import {', '.join(sorted([*used, 'Caller'], key=str.lower))}\n\n\n"
        + f"class {_calls(aggregate)}(Caller):\n"
        + f'    """{contract.title.zh} / {contract.title.en}: {aggregate.replace("_", " ")}."""\n\n'
        + methods
    )


def _types_module(contract: ServiceContract, aggregate: str, schemas: dict[str, Schema], homes: dict[str, str]) -> str:
    body = "\n\n".join(_typed_dict(name, schema) for name, schema in schemas.items())
    foreign = {name: home for name, home in homes.items() if home != aggregate}
    return (
        _head(contract, f"{aggregate.replace('_', ' ').capitalize()}: objects")
        + _typing(body, "TypedDict")
        + _imports(contract, body, foreign)
        + "\n\n"
        + body
    )


def _typing(source: str, *always: str) -> str:
    used = [name for name in ("Any", "Literal", "NotRequired") if _names(name, source)] + list(always)
    return f"from typing import {', '.join(used)}\n\n" if used else ""


def _imports(contract: ServiceContract, source: str, homes: dict[str, str]) -> str:
    wanted: dict[str, list[str]] = defaultdict(list)
    for name, home in sorted(homes.items()):
        if _names(name, source):
            wanted[home].append(name)
    return "".join(
        f"from gateway.client.{contract.name}.types.{home} import {', '.join(names)}\n"
        for home, names in sorted(wanted.items())
    )


def _names(name: str, source: str) -> bool:
    return re.search(rf"\b{name}\b", source) is not None


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
        kind = "bytes" if name == operation.upload else _type(field)
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
    kind = type(operation.reply_schema).__name__
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


def _type(field: fields.Field[Any]) -> str:
    return _bare(field) + (" | None" if field.allow_none else "")


def _bare(field: fields.Field[Any]) -> str:
    if isinstance(field, fields.Nested):
        name = type(field.schema).__name__
        return f"list[{name}]" if field.many else name
    if isinstance(field, fields.List):
        return f"list[{_type(field.inner)}]"
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
