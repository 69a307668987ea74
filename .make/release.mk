# Releases and what hosts them. The tools are pinned in internal/tools; gpg is the one thing that has to be installed.

.PHONY: release-snapshot
release-snapshot: ## Make all files of a release with a throw-away key, check them, plan with them
	$(with_cli) internal/tools/release/snapshot

.PHONY: release-reproducible
release-reproducible: ## Build one commit twice and compare; TARGETS=all for every platform
	TARGETS='$(TARGETS)' internal/tools/release/reproducible
