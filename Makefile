# Everything a newcomer types. `make help` lists it.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
ARGS ?=
SERVICE ?=
PROJECT ?= diaoxun
REPLICAS ?= 2
PREFIX ?= diaoxun_
TRACE ?=
# Compose v2 where it is there, else docker-compose 1.29.
COMPOSE ?= $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose) -p $(PROJECT)

.PHONY: help setup run test test-unit test-faults test-faults-containers check format generate bench bench-load bench-year bench-timetable clean

help: ## Print every target with one line
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sort | awk -F ':.*?## ' '{printf "  make %-22s %s\n", $$1, $$2}'

setup: $(READY) ## Make the virtual environment from the lock file (hashes checked)

$(READY): requirements.lock pyproject.toml
	@bash deploy/setup-venv "$(PYTHON)" "$(VENV)"
	@touch $@

run: $(READY) ## Run the 2020 plan on the embedded stack and keep serving (ARGS=--fresh starts over)
	@$(BIN)/diaoxun run $(ARGS)

test: $(READY) ## Run every test; brings RabbitMQ and Chromium from Debian where missing (needs root for that)
	@bash tests/prepare
	@bash tests/run $(ARGS)

test-unit: $(READY) ## Run only the tests that need no broker and no store
	@$(BIN)/pytest tests/unit -n 2 $(ARGS)

test-faults: $(READY) ## Break everything under load and compare with a quiet run: the long form of tests/faults
	@bash tests/prepare
	@$(BIN)/pytest tests/faults --ignore=tests/faults/containers -p no:xdist -v --durations=0 $(ARGS)

test-faults-containers: $(READY) ## Break a deployment in containers under load, where a Docker engine runs
	@$(BIN)/pytest tests/faults/containers -p no:xdist -v -rs --durations=0 $(ARGS)

check: $(READY) ## Run ruff, mypy, the import rules and the generated-file checks
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m gateway.generate --check

format: $(READY) ## Format the code
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

generate: $(READY) ## Write OpenAPI, AsyncAPI and the Python client from the contracts
	@$(BIN)/python -m gateway.generate

bench: $(READY) ## Measure RPC, gateway, events and roster import side by side with their peers
	@bash tests/prepare
	@$(BIN)/python -m tests.bench $(ARGS)

bench-load: $(READY) ## Load the platform steadily for 5 minutes, then too much; draw it (ARGS="--seconds 60 --rate 40")
	@bash tests/prepare
	@$(BIN)/python -W ignore -m tests.bench.load $(ARGS)

bench-year: $(READY) ## Place made-up years of 24, 100, 300 and 1,000 terms (ARGS="--terms 24 --seconds 5")
	@$(BIN)/python -m tests.bench.year $(ARGS)

bench-timetable: $(READY) ## Solve the .ctt files in INSTANCES=DIR with five seeds each (ARGS="--seconds 300")
	@$(BIN)/python -m tests.bench.timetable "$(INSTANCES)" $(ARGS)

.PHONY: secrets images up down logs upgrade status sbom audit try-mail watch diaoxun broker scale trace
# Operators' commands run in an image of ours, so that a host needs Docker alone.
OPS = docker run --rm --init --group-add $$(stat -c %g /var/run/docker.sock) --read-only --cap-drop ALL --network none \
	--entrypoint diaoxun -v /var/run/docker.sock:/var/run/docker.sock diaoxun/gateway ops
export DIAOXUN_VERSION ?= $(shell git describe --always --dirty 2>/dev/null || echo unknown)

secrets: ## Make the secrets of a deployment in var/secrets, once
	@bash deploy/docker/secrets var/secrets

images: secrets ## Build the images and print their sizes; above 250 MB is a failure (SERVICE= for one)
	@$(COMPOSE) build $(SERVICE)
	@bash deploy/docker/sizes

up: images ## Bring the whole platform up in containers and wait until it answers (SERVICE= for one)
	@$(COMPOSE) up -d $(SERVICE)
	@bash deploy/docker/await $(PROJECT)

down: ## Stop the containers; their data stays
	@$(COMPOSE) down

logs: ## Follow the logs of the containers (SERVICE= for one)
	@$(COMPOSE) logs --tail=100 -f $(SERVICE)

upgrade: ## Build one service anew and roll it while everything goes on (SERVICE=)
	@test -n "$(SERVICE)" || { echo "make upgrade SERVICE=enrollment" >&2; exit 2; }
	@$(COMPOSE) build prepare $(SERVICE)
	@$(COMPOSE) run --rm prepare
	@$(OPS) roll $(SERVICE) --project $(PROJECT)

status: ## Show version, health, lag and restarts of every container
	@$(OPS) status --project $(PROJECT)

sbom: $(READY) ## Write what is in each image as CycloneDX JSON to var/sbom: locks, licences, the system's packages
	@bash deploy/docker/sbom $(BIN) var/sbom
	@$(BIN)/python -m deploy.sbom var/sbom

audit: $(READY) ## Look up known vulnerabilities of all that is locked; fails where nobody can be asked, too (ARGS="--advisories FILE")
	@$(BIN)/python -m deploy.advisories $(ARGS)

try-mail: ## Catch what notification mails and show it on http://127.0.0.1:8025 (for trying; sends nothing on)
	@$(COMPOSE) --profile try up -d --build --no-deps mail
	@$(MAKE) --no-print-directory diaoxun ARGS="plugins configure channels/smtp host=mail port=1025 security=none sender=tiaoxun@city.example"
	@$(COMPOSE) restart notification

watch: ## Watch the deployment with Prometheus and our alarms on http://127.0.0.1:9090/classic/alerts
	@$(COMPOSE) build watch
	@$(COMPOSE) --profile watch up -d --no-deps watch

diaoxun: ## Run diaoxun as an operator, in a container of its own (ARGS="dlq list enrollment")
	@mkdir -p var/backups && { [ "$$(id -u)" != 0 ] || chown 10001 var/backups; }
	@$(COMPOSE) run --rm -T -v "$(CURDIR)/var/backups:/backups" -e DIAOXUN_DATABASE_PREFIX=$(PREFIX) prepare diaoxun $(ARGS)

broker: ## Run rabbitmqctl in the broker's container (ARGS="list_queues name messages")
	@$(COMPOSE) exec -T rabbitmq rabbitmqctl -q $(ARGS)

scale: ## Run so many replicas of one service (SERVICE= REPLICAS=)
	@$(COMPOSE) up -d --no-recreate --scale $(SERVICE)=$(REPLICAS) $(SERVICE)

trace: ## Show the log lines of one trace or request, of all containers (TRACE=)
	@$(OPS) logs --trace $(TRACE) --project $(PROJECT)

clean: ## Remove the virtual environment and the embedded stack's data
	@rm -rf $(VENV) var build dist *.egg-info
