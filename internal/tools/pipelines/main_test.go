package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPipelines_RepositoryPasses(t *testing.T) {
	n, err := check("../../..")
	if err != nil {
		t.Fatal(err)
	}
	if n < len(rules) {
		t.Errorf("only %d files were checked", n)
	}
}

// Each line spoils one file in a way that its program would refuse, or worse, ignore.
func TestPipelines_FindsMistakes(t *testing.T) {
	const root = "../../../examples/pipelines/"
	for _, c := range []struct {
		file, from, to string
		check          func([]byte) error
	}{
		{"gitlab-ci/.gitlab-ci.yml", "interruptible: true", "interruptibel: true", checkGitLab},
		{"gitlab-ci/.gitlab-ci.yml", "stage: drift", "stage: night", checkGitLab},
		{"gitlab-ci/.gitlab-ci.yml", "[plan, policy]", "[plan, policies]", checkGitLab},
		{"gitlab-ci/.gitlab-ci.yml", "GIT_STRATEGY: empty", "GIT_STRATEGY: fetch", checkGitLab},
		{
			"gitlab-ci/.gitlab-ci.yml", "    name: signing-projects\n",
			"    name: signing-projects\n    action: access\n", checkGitLab,
		},
		{"gitlab-ci/.gitlab-ci.yml", "  id_tokens: {}\n  environment", "  environment", checkGitLab},
		{"gitlab-ci/.gitlab-ci.yml", "alpine@sha256:", "alpine # ", checkGitLab},
		{"atlantis/atlantis.yaml", "when_modified", "if_modified", checkAtlantisRepository},
		{"atlantis/atlantis.yaml", "version: 3", "version: 2", checkAtlantisRepository},
		{"atlantis/repos.yaml", "- apply\n", "- aply\n", checkAtlantisServer},
		{"atlantis/repos.yaml", "undiverged", "undivergent", checkAtlantisServer},
		{"atlantis/repos.yaml", "[codesign]", "[other]", checkAtlantisServer},
		{"atlantis/server.yaml", "strategy: merge", "strategy: branch", checkAtlantisSettings},
		{"atlantis/server.yaml", "signing-approvers:apply", "*:apply", checkAtlantisSettings},
		{"atlantis/server.yaml", "signing-approvers:apply", "signing-engineers:*", checkAtlantisSettings},
		{"atlantis/server.yaml", "allow-fork-prs: false", "allow-fork-prs: true", checkAtlantisSettings},
		{"atlantis/drift.yaml", "expirationSeconds", "expireSeconds", checkManifests},
		{"flux-tofu-controller/terraform.yaml", "approvePlan", "autoApprove", checkManifests},
		{"flux-tofu-controller/terraform.yaml", "mountPath", "path", checkManifests},
		{"flux-tofu-controller/source.yaml", "branch: main", "brunch: main", checkManifests},
		{"flux-tofu-controller/source.yaml", "kind: GitRepository", "kind: Repository", checkManifests},
		{"github-actions/.github/workflows/plan.yml", " # v5.0.0", "", checkPins},
		{"github-actions/.github/workflows/plan.yml", "permissions: {}", "permissions: write-all", checkPins},
		{
			"github-actions/.github/workflows/plan.yml", "      pull-requests: write #",
			"      id-token: write\n      pull-requests: write #", checkIdentities,
		},
		{"github-actions/.github/workflows/apply.yml", "    environment: signing-projects\n", "", checkIdentities},
		{
			"github-actions/.github/workflows/apply.yml", "      VENAFI_CLIENT_ID: signing-projects-apply\n", "",
			checkIdentities,
		},
		{"github-actions/.github/workflows/drift.yml", "codesign:admin;", "codesign:admin,manage;", checkIdentities},
	} {
		t.Run(c.file+" "+c.to, func(t *testing.T) {
			content, err := os.ReadFile(filepath.FromSlash(root + c.file))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(string(content), c.from) {
				t.Fatalf("%q is not in the file", c.from)
			}
			if err := c.check(content); err != nil {
				t.Fatal("as it stands:", err)
			}
			if c.check([]byte(strings.ReplaceAll(string(content), c.from, c.to))) == nil {
				t.Error("nothing was found")
			}
		})
	}
}
