"""``plugins``: what is installed, whether it holds, what it is; switch off and on."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from deploy.cli.speech import AsJson, both, debugging, print_json, print_table
from shared.errors import Invalid

if TYPE_CHECKING:
    from shared.plugins import Plugin, Registry

app = typer.Typer(help="插件 / plugins", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="标识，或“类别/标识” / slug or kind/slug")]


def _registry() -> Registry:
    from shared.config import read_settings
    from shared.runtime.provision import registry_from

    return registry_from(read_settings())


@app.command("list")
def list_(
    kind: Annotated[str | None, typer.Option("--kind", help="只列某一类别 / only this kind")] = None,
    as_json: AsJson = False,
) -> None:
    """列出已安装的插件 / list installed plugins."""
    found = [plugin for plugin in _registry() if kind is None or plugin.kind == kind]
    if as_json:
        print_json([plugin.to_wire() for plugin in found])
        return
    print_table(
        "插件 / plugins",
        ["类别 kind", "标识 slug", "版本", "状态 state", "来源 distribution", "简介 summary"],
        [
            [
                plugin.kind,
                plugin.slug,
                plugin.manifest.version if plugin.manifest else "",
                plugin.state.value,
                plugin.distribution,
                _reason(plugin) or (both(plugin.manifest.summary.to_wire()) if plugin.manifest else ""),
            ]
            for plugin in found
        ],
    )


@app.command()
def check(
    names: Annotated[list[str] | None, typer.Argument(help="缺省为全部 / all by default")] = None,
    as_json: AsJson = False,
) -> None:
    """装载并启动插件以检查，有不合格者以 1 退出 / load and start plugins; exit 1 when one fails."""
    from shared.plugins import PluginFailed, State

    registry = _registry()
    chosen = [registry.get(name) for name in names] if names else list(registry)
    for plugin in chosen:
        if plugin.usable:
            try:
                registry.load(plugin.key)
            except PluginFailed:
                continue
    if as_json:
        print_json([{**plugin.to_wire(), "trouble": plugin.trouble} for plugin in chosen])
    else:
        print_table(
            "检查 / check",
            ["插件 plugin", "状态 state", "原因 reason"],
            [[plugin.key, plugin.state.value, _reason(plugin)] for plugin in chosen],
        )
    if any(plugin.state is State.FAILED for plugin in chosen):
        raise typer.Exit(1)


@app.command()
def describe(name: Name, as_json: AsJson = False) -> None:
    """说明一个插件：版本、能力、配置项 / what a plugin is: version, capabilities, configuration."""
    plugin = _registry().get(name)
    card = plugin.manifest.to_wire() if plugin.manifest else {}
    if as_json:
        print_json({**plugin.to_wire(), "manifest": card})
        return
    rows = [("状态 state", plugin.state.value), ("来源 distribution", f"{plugin.distribution} ({plugin.entry})")]
    if plugin.reason:
        rows.append(("原因 reason", _reason(plugin)))
    if plugin.manifest:
        rows += [
            ("简介 summary", both(card["summary"])),
            ("版本 version", f"{card['version']}（接口 api {card['api_version']}）"),
            ("能力 capabilities", ", ".join(card["capabilities"])),
            ("依赖 needs", ", ".join(card["needs"])),
            ("主体 body", card["body"]),
        ]
    print_table(plugin.key, ["", ""], rows)
    if card.get("config"):
        columns = ["配置项 field", "类型 type", "必填 required", "缺省 default", "说明 description"]
        keys = ("name", "type", "required", "default", "description")
        print_table("配置 / configuration", columns, [[field[key] for key in keys] for field in card["config"]])


@app.command()
def disable(name: Name) -> None:
    """停用插件，下次启动生效 / switch a plugin off from the next start on."""
    plugin = _registry().disable(name)
    typer.echo(f"已停用 {plugin.key}，重启服务后生效 / {plugin.key} is off from the next start on")


@app.command()
def enable(name: Name) -> None:
    """重新启用插件，下次启动生效 / switch a plugin on again from the next start on."""
    plugin = _registry().enable(name)
    typer.echo(
        f"已启用 {plugin.key}（{plugin.state.value}），重启服务后生效 / {plugin.key} is on from the next start on"
    )


@app.command()
def configure(
    name: Name,
    fields: Annotated[list[str], typer.Argument(help="配置项=值，可多个 / field=value, as many as needed")],
) -> None:
    """设置插件的配置项，其余不变，下次启动生效 / set fields of a plugin's configuration, the others stay."""
    plugin = _registry().configure(name, dict(_field(each) for each in fields))
    typer.echo(f"已保存 {plugin.key} 的配置，重启服务后生效 / {plugin.key} is configured from the next start on")


def _field(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not name or not equals:
        raise Invalid(f"“{text}”应写作 配置项=值", f"{text!r} has to read field=value")
    try:
        return name, json.loads(value)
    except ValueError:
        return name, value


def _reason(plugin: Plugin) -> str:
    text = both(plugin.reason.to_wire()) if plugin.reason else ""
    return f"{text}\n{plugin.trouble}" if plugin.trouble and debugging() else text
