# Releases, workflows and pipelines. The tools are pinned in internal/tools. Only gpg must be installed.

.PHONY: release-snapshot
release-snapshot: ## Build, sign and check all release files with a temporary key
	$(with_cli) internal/tools/release/snapshot

.PHONY: release-reproducible
release-reproducible: ## Build a commit twice and compare; TARGETS=all builds every platform
	TARGETS='$(TARGETS)' internal/tools/release/reproducible

.PHONY: lint-workflows
lint-workflows: ## Run actionlint on the workflows
	$(call tool,pipelines) actionlint $(wildcard .github/workflows/*.yml examples/pipelines/github-actions/.github/workflows/*.yml)

.PHONY: lint-pipelines
lint-pipelines: ## Fail if an example pipeline is invalid or an action is not pinned
	go run -C internal/tools/pipelines . -root "$(CURDIR)"

.PHONY: test-policies
test-policies: ## Check and test the example policies with OPA
	$(call tool,policy) opa check --strict examples/policies
	$(call tool,policy) opa test examples/policies

# Files whose first line names a shell.
scripts = $(shell git ls-files ':!*.md' | xargs grep -lE -m1 '^\#!/(bin/sh|usr/bin/env bash)')
.PHONY: lint-scripts
lint-scripts: ## Run shellcheck, which must be installed
	shellcheck $(scripts)

.PHONY: test-tools
test-tools: ## Test the tools that are a separate module
	go test -C internal/tools/pipelines ./...

.PHONY: vulncheck
vulncheck: ## Run govulncheck, which needs internet access
	$(call tool,vuln) govulncheck ./...
