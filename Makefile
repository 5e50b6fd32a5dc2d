# VaultGrid. `make demo` runs the main job, `make test` passes the tests; each sets up what it needs.
# ENGINE=Orleans|Embedded overrides the engine that the package feed allows (docs/engines.md).

CONFIGURATION ?= Release
TX ?= samples/ethereum-transfer.json
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
export ENGINE CONFIGURATION

.PHONY: help build demo test chaos silos fuzz mutate bench up clean setup
.DEFAULT_GOAL := help

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

setup:
	@eng/setup run

build: setup ## build everything; launchers land in bin/
	@eng/build

demo: build ## three clusters of three nodes: certify, make a key, refuse, sign (TX=file for your own transaction)
	@bin/vaultgrid-demo --transaction "$(TX)"

test: ## run every test; SOAK=1 makes the long ones long
	@eng/setup test
	@eng/build
	@eng/test

ROUNDS ?= 200
HOURS ?= 1

chaos: ## kill enclaves, silo, everything under load, ROUNDS times (200)
	@eng/setup test
	@eng/build
	@VAULTGRID_CHAOS_ROUNDS=$(ROUNDS) eng/only VaultGrid.Operations.Tests -class '*ChaosTests'

silos: ## kill, add and replace silos under load, into a version with other messages
	@eng/setup test
	@eng/build
	@eng/silos

fuzz: ## throw bytes at every parser for HOURS hours (1); what it finds lands in tests/fuzz/corpus
	@eng/setup test
	@eng/build
	@VAULTGRID_FUZZ_HOURS=$(HOURS) eng/only VaultGrid.Enclave.Tests -class '*FuzzTests'

mutate: ## change the code of Model and of the enclave's checks, and see whether a test notices
	@eng/setup test
	@eng/mutate

bench: build ## measure against raw cryptography; results land in benchmarks/results
	@eng/bench

ADAPTER ?= software

up: build ## a development grid that stays up until Ctrl-C (ADAPTER=pkcs11|tpm: on SoftHSM2 or swtpm)
	@bin/vaultgrid grid up --adapter $(ADAPTER)

clean: ## remove everything that was built
	@rm -rf .build artifacts bin eng/.engine.props
