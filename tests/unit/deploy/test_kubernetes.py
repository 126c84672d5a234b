"""What `deploy/kubernetes` promises, held against the schemas of Kubernetes without a cluster."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest
import yaml

from tests.unit.deploy.kustomized import Resource, containers, render
from tests.unit.deploy.operator_schemas import BY_OPERATORS

FOLDER = Path(__file__).parents[3] / "deploy" / "kubernetes"
OVERLAYS = ("small", "three-node")
RENDERED = {name: render(FOLDER / "overlays" / name) for name in OVERLAYS}
SERVICES = sorted(each.name for each in entry_points(group="diaoxun.services"))
VERSIONS = ("1.30", "1.36")
OURS = [
    pytest.param(overlay, each, id=f"{overlay}-{each['metadata']['name']}")
    for overlay in OVERLAYS
    for each in RENDERED[overlay]
    if containers(each)
]


def of_kind(overlay: str, kind: str) -> dict[str, Resource]:
    return {each["metadata"]["name"]: each for each in RENDERED[overlay] if each["kind"] == kind}


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_resource_holds_to_its_schema(overlay: str, version: str) -> None:
    checked = 0
    for resource in RENDERED[overlay]:
        if resource["kind"] in BY_OPERATORS:
            jsonschema.validate(resource, BY_OPERATORS[resource["kind"]])
            continue
        kubernetes_validate.validate(resource, version, strict=True)
        checked += 1
    assert checked >= 20


def test_a_misspelt_field_would_be_found() -> None:
    broken: dict[str, Any] = yaml.safe_load(yaml.safe_dump(of_kind("small", "Deployment")["enrollment"]))
    broken["spec"]["template"]["spec"]["containers"][0]["readynessProbe"] = {}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(broken, VERSIONS[-1], strict=True)


def places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return the path of every field of a resource, labels and annotations aside, which may be named at will."""
    if isinstance(value, dict) and path[-1:] not in (("labels",), ("matchLabels",)):
        for name, each in value.items():
            yield (*path, name)
            yield from places(each, (*path, name))
    elif isinstance(value, list):
        for number, each in enumerate(value):
            yield from places(each, (*path, number))


OPERATED = {each["kind"]: each for overlay in OVERLAYS for each in RENDERED[overlay] if each["kind"] in BY_OPERATORS}


@pytest.mark.parametrize("kind", BY_OPERATORS)
def test_a_misspelt_field_would_be_found_of_what_operators_define_as_well(kind: str) -> None:
    for *above, name in places(OPERATED[kind]):
        broken = copy.deepcopy(OPERATED[kind])
        within: Any = broken
        for step in above:
            within = within[step]
        within[f"{name}s"] = within.pop(name)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, BY_OPERATORS[kind])


def test_the_alarms_are_those_of_a_single_host() -> None:
    (alarms,) = of_kind("three-node", "PrometheusRule").values()
    assert alarms["spec"] == yaml.safe_load((FOLDER.parent / "monitoring" / "rules.yml").read_text("utf-8"))


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_installed_service_and_the_gateway_are_deployed_and_disrupted_one_at_a_time(overlay: str) -> None:
    deployments = of_kind(overlay, "Deployment")
    assert sorted(deployments) == sorted([*SERVICES, "gateway"])
    scaled = {each["spec"]["scaleTargetRef"]["name"] for each in of_kind(overlay, "ScaledObject").values()}
    replicas = {name: each["spec"].get("replicas") for name, each in deployments.items()}
    # A number would fight with KEDA's at each apply.
    assert {name for name, number in replicas.items() if number is None} == scaled
    assert {number for number in replicas.values() if number} == ({1} if overlay == "small" else {2})
    kept = of_kind(overlay, "PodDisruptionBudget").items()
    budgets = {name: each["spec"]["selector"]["matchLabels"] for name, each in kept}
    assert budgets == {name: {"app.kubernetes.io/name": name} for name in deployments}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_node_can_be_drained_however_few_there_are_of_each(overlay: str) -> None:
    fewest = {name: each["spec"].get("replicas") for name, each in of_kind(overlay, "Deployment").items()}
    for each in of_kind(overlay, "ScaledObject").values():
        fewest[each["spec"]["scaleTargetRef"]["name"]] = each["spec"]["minReplicaCount"]
    for name, budget in of_kind(overlay, "PodDisruptionBudget").items():
        spec = budget["spec"]
        assert spec.get("maxUnavailable", fewest[name] - spec.get("minAvailable", 0)) >= 1, name


@pytest.mark.parametrize(("overlay", "workload"), OURS)
def test_our_pods_are_limited_and_run_as_nobody_special_on_a_file_system_they_cannot_write(
    overlay: str, workload: Resource
) -> None:
    pod = workload["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] >= 1000
    assert pod["automountServiceAccountToken"] is False
    (container,) = pod["containers"]
    rights = container["securityContext"]
    assert rights["readOnlyRootFilesystem"] is True
    assert rights["allowPrivilegeEscalation"] is False
    assert rights["capabilities"] == {"drop": ["ALL"]}
    assert container["resources"]["limits"]["memory"]
    assert set(container["resources"]["requests"]) == {"cpu", "memory"}
    assert ":" in container["image"]


@pytest.mark.parametrize(("overlay", "workload"), OURS)
def test_no_secret_stands_in_a_manifest_and_each_is_read_from_a_file(overlay: str, workload: Resource) -> None:
    (container,) = containers(workload)
    told = {each["name"]: each["value"] for each in container["env"]}
    for name in ("AMQP_URI", "MONGODB_URI", "DIAOXUN_SECRET", "DIAOXUN_FIELD_KEYS"):
        assert name not in told
        assert told[f"{name}_FILE"].startswith("/run/secrets/diaoxun/")
    assert not of_kind(overlay, "Secret")


@pytest.mark.parametrize(("overlay", "workload"), [each for each in OURS if each.values[1]["kind"] == "Deployment"])
def test_a_pod_is_looked_at_and_stops_later_than_its_service(overlay: str, workload: Resource) -> None:
    (container,) = containers(workload)
    port = "http" if workload["metadata"]["name"] == "gateway" else "side"
    assert container["livenessProbe"]["httpGet"] == {"path": "/livez", "port": port}
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": port}
    assert port in {each["name"] for each in container["ports"]}
    stop = float(of_kind(overlay, "ConfigMap")["diaoxun-settings"]["data"]["DIAOXUN_STOP_SECONDS"])
    assert workload["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > stop


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_nobody_talks_to_anybody_unless_it_is_said(overlay: str) -> None:
    policies = of_kind(overlay, "NetworkPolicy")
    nothing = policies["nothing"]["spec"]
    assert nothing == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    ways_out = {name for name, each in policies.items() if "ipBlock" in yaml.safe_dump(each["spec"].get("egress", []))}
    assert ways_out == {"messages-out"}
    anywhere = {
        name: sorted(port["port"] for port in way["ports"])
        for name, each in policies.items()
        for way in each["spec"].get("egress", [])
        if "to" not in way
    }
    api = [443, 6443]  # peer discovery and readiness of the operators' own pods go through it
    assert anywhere == {"broker": api, "store": api}


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_only_who_signs_certificates_is_given_the_keys_for_it(overlay: str) -> None:
    given: dict[str, set[str]] = {}
    for kind in ("Deployment", "Job"):
        for name, workload in of_kind(overlay, kind).items():
            volumes = {each["name"]: each for each in workload["spec"]["template"]["spec"]["volumes"]}
            sources = [each["secret"] for each in volumes["secrets"]["projected"]["sources"]]
            assert all(each.get("items") for each in sources), f"{name} is given whole secrets"
            given[name] = {item["path"] for each in sources for item in each["items"]}
    everybody = {"amqp_uri", "mongodb_uri", "caller_secret", "field_keys"}
    assert given.pop("notification") == everybody | {"signing_keys"}
    assert set(map(frozenset, given.values())) == {frozenset(everybody)}


def named_secrets(value: Any, of: str = "") -> Iterator[str]:
    """Return the names of the secrets that a resource reads; ``scramCredentialsSecretName`` is one it has made."""
    if isinstance(value, list):
        for each in value:
            yield from named_secrets(each, of)
    elif isinstance(value, dict):
        if "secret" in of.lower() and "name" in value:
            yield value["name"]
        for key, each in value.items():
            if key == "secretName":
                yield each
            yield from named_secrets(each, key)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_readme_makes_every_secret_that_a_manifest_names_and_the_way_to_the_store(overlay: str) -> None:
    text = (FOLDER / "README.md").read_text("utf-8").replace("\\\n", "")
    commands = dict(re.findall(r"^\$ kubectl -n diaoxun create secret \w+ (\S+)(.*)$", text, re.MULTILINE))
    named = {name for resource in RENDERED[overlay] for name in named_secrets(resource)}
    assert {"diaoxun-secrets", "diaoxun-broker-users", "diaoxun-store-password"} < named
    assert named <= set(commands)
    assert "--from-file=password=" in commands["diaoxun-store-password"], "the operator reads this key"
    uri = re.search(r"^\$ printf '(mongodb://\S+)' .* > secrets/mongodb_uri$", text, re.MULTILINE)
    assert uri is not None
    store = of_kind(overlay, "MongoDBCommunity")["diaoxun-store"]
    user, replica_set = store["spec"]["users"][0]["name"], store["metadata"]["name"]
    assert uri[1] == f"mongodb://{user}:%s@{replica_set}-svc:27017/?replicaSet={replica_set}"


def test_the_three_node_overlay_survives_the_loss_of_a_node_and_scales_with_its_queues() -> None:
    assert of_kind("three-node", "RabbitmqCluster")["diaoxun-broker"]["spec"]["replicas"] == 3
    assert of_kind("three-node", "MongoDBCommunity")["diaoxun-store"]["spec"]["members"] == 3
    scaled = of_kind("three-node", "ScaledObject")
    assert sorted(scaled) == SERVICES
    for name, each in scaled.items():
        assert each["spec"]["scaleTargetRef"] == {"name": name}
        assert each["spec"]["maxReplicaCount"] > each["spec"]["minReplicaCount"] == 2
        assert each["spec"]["triggers"][0]["metadata"]["queueName"].startswith(f"^(rpc-{name}|{name}")


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_backup_may_take_an_hour_as_on_a_single_host(overlay: str) -> None:
    told = of_kind(overlay, "MongoDBCommunity")["diaoxun-store"]["spec"]["additionalMongodConfig"]["setParameter"]
    assert told == {"transactionLifetimeLimitSeconds": 3600}
    compose = yaml.safe_load((FOLDER.parents[1] / "docker-compose.yml").read_text("utf-8"))["services"]["mongo"]
    set_here = compose["command"][compose["command"].index("--setParameter") + 1]
    assert set_here == "transactionLifetimeLimitSeconds=3600"


def test_every_file_is_part_of_a_kustomization() -> None:
    files = {path for path in FOLDER.rglob("*.yaml") if path.name != "kustomization.yaml"}
    named: set[Path] = set()
    for path in FOLDER.rglob("kustomization.yaml"):
        told = yaml.safe_load(path.read_text("utf-8"))
        entries = [*told.get("resources", ()), *(patch["path"] for patch in told.get("patches", ()))]
        named |= {(path.parent / entry).resolve() for entry in entries}
    assert files <= named
