"""What operators take of the resources that they define, as far as our manifests use it, in our own words.

The schemas of Kubernetes know none of these. Every field is named and none other let in: a misspelt one is dropped
without a word by some operators and refused by others, at the worst time. Who uses a new field adds it here, as the
operator's reference writes it.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def strict(needed: dict[str, Schema], **optional: Schema) -> Schema:
    """An object with these fields and no others."""
    return {
        "type": "object",
        "required": sorted(needed),
        "properties": needed | optional,
        "additionalProperties": False,
    }


def several(of: Schema) -> Schema:
    """A list that is not empty."""
    return {"type": "array", "items": of, "minItems": 1}


def one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def at_least(least: int) -> Schema:
    return {"type": "integer", "minimum": least}


TEXT: Schema = {"type": "string", "minLength": 1}
TEXTS: Schema = {"type": "object", "additionalProperties": {"type": "string"}, "minProperties": 1}
NAME: Schema = {"type": "string", "pattern": r"^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$"}
AMOUNT: Schema = {"type": "string", "pattern": r"^[0-9]+(\.[0-9]+)?(m|Ki|Mi|Gi|Ti)?$"}
SPAN: Schema = {"type": "string", "pattern": r"^([0-9]+(ms|s|m|h|d|w))+$"}
RESOURCES = strict({"requests": strict({"cpu": AMOUNT, "memory": AMOUNT}), "limits": strict({"memory": AMOUNT})})
LABELLED = strict({"matchLabels": TEXTS})

# Cluster Operator for RabbitMQ
RABBITMQ_CLUSTER = strict(
    {
        "replicas": at_least(1),
        "image": TEXT,
        "persistence": strict({"storage": AMOUNT}),
        "resources": RESOURCES,
        "rabbitmq": strict(
            {"additionalConfig": TEXT},
            additionalPlugins=several({"type": "string", "pattern": "^[a-z0-9_]+$"}),
        ),
    },
    terminationGracePeriodSeconds=at_least(0),
)
# MongoDB Kubernetes Operator, community
_MONGOD = strict({"name": one_of("mongod"), "resources": RESOURCES})
_VOLUME = strict(
    {
        "metadata": strict({"name": one_of("data-volume")}),
        "spec": strict(
            {
                "accessModes": several(one_of("ReadWriteOnce")),
                "resources": strict({"requests": strict({"storage": AMOUNT})}),
            }
        ),
    }
)
MONGODB_COMMUNITY = strict(
    {
        "type": one_of("ReplicaSet"),
        "members": at_least(1),
        "version": {"type": "string", "pattern": r"^[0-9]+\.[0-9]+\.[0-9]+$"},
        "additionalMongodConfig": strict({"setParameter": strict({"transactionLifetimeLimitSeconds": at_least(1)})}),
        "security": strict({"authentication": strict({"modes": several(one_of("SCRAM"))})}),
        "users": several(
            strict(
                {
                    "name": TEXT,
                    "db": TEXT,
                    "passwordSecretRef": strict({"name": NAME}),
                    "scramCredentialsSecretName": NAME,
                    "roles": several(strict({"name": TEXT, "db": TEXT})),
                }
            )
        ),
        "statefulSet": strict(
            {
                "spec": strict(
                    {
                        "template": strict({"spec": strict({"containers": several(_MONGOD)})}),
                        "volumeClaimTemplates": several(_VOLUME),
                    }
                )
            }
        ),
    }
)
# KEDA: what it reads of a trigger's metadata is text, numbers and flags too
_QUEUES = strict(
    {
        "protocol": one_of("http"),
        "queueName": TEXT,
        "mode": one_of("QueueLength"),
        "value": {"type": "string", "pattern": "^[0-9]+$"},
    },
    useRegex=one_of("true", "false"),
    operation=one_of("sum", "max", "avg"),
)
SCALED_OBJECT = strict(
    {
        "scaleTargetRef": strict({"name": NAME}),
        "minReplicaCount": at_least(1),
        "maxReplicaCount": at_least(1),
        "triggers": several(
            strict({"type": one_of("rabbitmq"), "metadata": _QUEUES, "authenticationRef": strict({"name": NAME})})
        ),
    },
    pollingInterval=at_least(1),
    cooldownPeriod=at_least(0),
)
TRIGGER_AUTHENTICATION = strict(
    {"secretTargetRef": several(strict({"parameter": one_of("host"), "name": NAME, "key": TEXT}))}
)
# Prometheus Operator
POD_MONITOR = strict(
    {
        "selector": LABELLED,
        "podMetricsEndpoints": several(
            strict(
                {"port": NAME, "path": TEXT},
                interval=SPAN,
                relabelings=several(strict({"targetLabel": TEXT, "replacement": TEXT})),
                metricRelabelings=several(
                    strict({"sourceLabels": several(TEXT), "regex": TEXT, "action": one_of("keep", "drop")})
                ),
            )
        ),
    }
)
PROMETHEUS_RULE = strict(
    {
        "groups": several(
            strict(
                {
                    "name": TEXT,
                    "rules": several(
                        strict(
                            {
                                "alert": {"type": "string", "pattern": "^[A-Z][A-Za-z]+$"},
                                "expr": TEXT,
                                "labels": strict({"severity": one_of("page", "ticket")}),
                                "annotations": strict({"summary": TEXT}),
                            },
                            **{"for": SPAN},
                        )
                    ),
                }
            )
        )
    }
)
_SPECS = {
    "rabbitmq.com/v1beta1": {"RabbitmqCluster": RABBITMQ_CLUSTER},
    "mongodbcommunity.mongodb.com/v1": {"MongoDBCommunity": MONGODB_COMMUNITY},
    "keda.sh/v1alpha1": {"ScaledObject": SCALED_OBJECT, "TriggerAuthentication": TRIGGER_AUTHENTICATION},
    "monitoring.coreos.com/v1": {"PodMonitor": POD_MONITOR, "PrometheusRule": PROMETHEUS_RULE},
}
BY_OPERATORS: dict[str, Schema] = {
    kind: strict(
        {
            "apiVersion": {"const": version},
            "kind": {"const": kind},
            "metadata": strict({"name": NAME}, namespace=NAME, labels=TEXTS),
            "spec": spec,
        }
    )
    for version, kinds in _SPECS.items()
    for kind, spec in kinds.items()
}
"""The schema of each kind."""
