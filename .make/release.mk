# Releases and what hosts them. The tools are pinned in internal/tools; gpg is the one thing that has to be installed.

.PHONY: release-snapshot
release-snapshot: ## Make all files of a release with a throw-away key, check them, plan with them
	$(with_cli) internal/tools/release/snapshot

.PHONY: release-reproducible
release-reproducible: ## Build one commit twice and compare; TARGETS=all for every platform
	TARGETS='$(TARGETS)' internal/tools/release/reproducible

.PHONY: lint-workflows
lint-workflows: ## actionlint, on the hosted workflows and on those of the examples
	$(call tool,pipelines) actionlint $(wildcard .github/workflows/*.yml examples/pipelines/github-actions/.github/workflows/*.yml)

.PHONY: lint-pipelines
lint-pipelines: ## Fail on example pipelines that their program would not take, and on actions that are not pinned
	go run -C internal/tools/pipelines . -root "$(CURDIR)"

.PHONY: test-policies
test-policies: ## Check and test the policies of the examples, with the version of opa that the pipelines use
	$(call tool,policy) opa check --strict examples/policies
	$(call tool,policy) opa test examples/policies

# Scripts, by what their first line says.
scripts = $(shell git ls-files ':!*.md' | xargs grep -lE -m1 '^\#!/(bin/sh|usr/bin/env bash)')
.PHONY: lint-scripts
lint-scripts: ## shellcheck, which has to be installed
	shellcheck $(scripts)

.PHONY: test-tools
test-tools: ## The tests of the tools that are modules of their own
	go test -C internal/tools/pipelines ./...
	go test -C internal/tools/sbom ./...

.PHONY: vulncheck
vulncheck: ## govulncheck; needs the database of vulnerabilities on the internet
	$(call tool,vuln) govulncheck ./...
