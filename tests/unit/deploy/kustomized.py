"""What `kubectl kustomize` would make of `deploy/kubernetes`: the part of kustomize that is used there, and no more."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

Resource = dict[str, Any]
_KNOWN = {"apiVersion", "kind", "resources", "components", "patches", "images", "labels", "namespace"}
_CLUSTER_WIDE = {"Namespace"}


def render(folder: Path, onto: tuple[Resource, ...] = ()) -> list[Resource]:
    """Return every resource of a kustomization; a component comes onto those of the one that takes it in."""
    told: dict[str, Any] = yaml.safe_load((folder / "kustomization.yaml").read_text("utf-8"))
    assert not set(told) - _KNOWN, f"{folder}: teach this module {set(told) - _KNOWN} first"
    found: list[Resource] = [*onto]
    for entry in told.get("resources", ()):
        path = (folder / entry).resolve()
        found += render(path) if path.is_dir() else list(yaml.safe_load_all(path.read_text("utf-8")))
    for entry in told.get("components", ()):
        found = render((folder / entry).resolve(), tuple(found))
    for patch in told.get("patches", ()):
        change = yaml.safe_load((folder / patch["path"]).read_text("utf-8"))["spec"]
        hit = [each for each in found if _is_target(each, patch["target"])]
        assert hit, f"{folder}: {patch} changes nothing"
        for each in hit:
            each["spec"] = merged(each.get("spec", {}), change)
    for labels in told.get("labels", ()):
        for each in found:
            each["metadata"].setdefault("labels", {}).update(labels["pairs"])
            if "template" in each.get("spec", {}):
                each["spec"]["template"]["metadata"]["labels"].update(labels["pairs"])
    for image in told.get("images", ()):
        for container in (c for each in found for c in containers(each)):
            if container["image"] == image["name"]:
                container["image"] = f"{image['name']}:{image['newTag']}"
    for each in found:
        if "namespace" in told and each["kind"] not in _CLUSTER_WIDE:
            each["metadata"]["namespace"] = told["namespace"]
    return found


def containers(resource: Resource) -> list[dict[str, Any]]:
    """Return the containers of a workload of ours."""
    if resource["kind"] not in ("Deployment", "Job"):
        return []
    found: list[dict[str, Any]] = resource["spec"]["template"]["spec"]["containers"]
    return found


def merged(base: Any, change: Any) -> Any:
    """Return ``base`` with a strategic merge patch: named things by name, other lists replaced, null takes away."""
    if isinstance(base, dict) and isinstance(change, dict):
        found = {**base, **{key: merged(base[key], each) if key in base else each for key, each in change.items()}}
        return {key: each for key, each in found.items() if each is not None or key not in change}
    if isinstance(base, list) and isinstance(change, list) and all("name" in each for each in (*base, *change)):
        by_name = {each["name"]: each for each in copy.deepcopy(base)}
        for each in change:
            by_name[each["name"]] = merged(by_name.get(each["name"], {}), copy.deepcopy(each))
        return list(by_name.values())
    return copy.deepcopy(change)


def _is_target(resource: Resource, target: dict[str, str]) -> bool:
    name, _, value = target.get("labelSelector", "").partition("=")
    labels = resource["metadata"].get("labels", {})
    return resource["kind"] == target["kind"] and (not name or labels.get(name) == value)
