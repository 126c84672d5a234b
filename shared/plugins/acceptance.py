"""The check of a manifest before any other code of its plugin is imported."""

from __future__ import annotations

import importlib.util
import re
from typing import Any

from marshmallow import Schema

from shared.plugins.kinds import kind_named
from shared.plugins.manifest import Manifest
from shared.wording import Words

_SLUG = re.compile(r"[a-z][a-z0-9_]{1,63}")
_VERSION = re.compile(r"[0-9]+(\.[0-9]+){0,3}([a-z0-9.+-]*)")
_TARGET = re.compile(r"[A-Za-z_][\w.]*:[A-Za-z_][\w.]*")


def objections(manifest: Any, kind: str, name: str) -> list[Words]:
    """Return every reason to refuse the manifest found under entry point ``name`` of ``kind``; empty: accepted."""
    if not isinstance(manifest, Manifest):
        return [
            Words(
                f"入口点应指向 Manifest 对象，实际为 {type(manifest).__name__}",
                f"the entry point must lead to a Manifest, it leads to a {type(manifest).__name__}",
            )
        ]
    return [
        *_identity(manifest, kind, name),
        *_version(manifest),
        *_words(manifest),
        *_targets(manifest),
        *_config(manifest),
        *missing_modules(manifest),
    ]


def _identity(manifest: Manifest, kind: str, name: str) -> list[Words]:
    found = []
    if not isinstance(manifest.slug, str) or not _SLUG.fullmatch(manifest.slug):
        found.append(
            Words(
                f"标识“{manifest.slug}”不合规：须为小写字母开头的字母、数字、下划线，2 至 64 个字符",
                f"slug {manifest.slug!r} must be 2 to 64 lower-case letters, digits and underscores",
            )
        )
    elif manifest.slug != name:
        found.append(
            Words(
                f"入口点名称“{name}”与标识“{manifest.slug}”不一致，请改为相同",
                f"the entry point is called {name!r} and the slug is {manifest.slug!r}: make them the same",
            )
        )
    if manifest.kind != kind:
        found.append(
            Words(
                f"清单写明类别“{manifest.kind}”，却登记在“diaoxun.{kind}”之下",
                f"the manifest says kind {manifest.kind!r} but stands in the group 'diaoxun.{kind}'",
            )
        )
    return found


def _version(manifest: Manifest) -> list[Words]:
    found = []
    if not _VERSION.fullmatch(str(manifest.version)):
        found.append(Words(f"版本号“{manifest.version}”无法识别", f"version {manifest.version!r} is not a version"))
    kind = kind_named(manifest.kind)
    if kind is None:
        found.append(Words(f"没有“{manifest.kind}”这一扩展点", f"there is no extension point {manifest.kind!r}"))
    elif not kind.accepts(str(manifest.api_version)):
        found.append(
            Words(
                f"接口版本 {manifest.api_version} 不受支持，本系统支持 {kind.api_version}；请升级插件或系统",
                f"api_version {manifest.api_version} is not spoken here ({kind.api_version} is); upgrade one of them",
            )
        )
    return found


def _words(manifest: Manifest) -> list[Words]:
    summary = manifest.summary
    if isinstance(summary, Words) and summary.zh.strip() and summary.en.strip():
        return []
    return [Words("缺少中英文简介（summary）", "the summary must be Words with Chinese and English text")]


def _targets(manifest: Manifest) -> list[Words]:
    targets = {"body": manifest.body, "contract": manifest.contract, "store": manifest.store}
    if manifest.kind != "services":
        targets = {"body": manifest.body}
    return [
        Words(
            f"{field} 应写作“模块:名称”，实际为 {value!r}",
            f"{field} must read 'module:attribute', it reads {value!r}",
        )
        for field, value in targets.items()
        if not (isinstance(value, str) and _TARGET.fullmatch(value))
    ]


def _config(manifest: Manifest) -> list[Words]:
    config = manifest.config
    if config is None or (isinstance(config, type) and issubclass(config, Schema)):
        return []
    return [
        Words(
            f"config 应为 marshmallow 的 Schema 类，实际为 {config!r}",
            f"config must be a marshmallow Schema class, it is {config!r}",
        )
    ]


def missing_modules(manifest: Manifest) -> list[Words]:
    """Return one objection for each ``module:`` need that is not installed; nothing is imported."""
    found = []
    for need in manifest.needs:
        prefix, _, module = str(need).partition(":")
        if prefix != "module":
            continue
        # Only the first part: looking for a submodule would import its package.
        if importlib.util.find_spec(module.split(".")[0]) is None:
            found.append(
                Words(f"缺少 Python 模块“{module}”，请先安装", f"Python module {module!r} is missing: install it first")
            )
    return found
