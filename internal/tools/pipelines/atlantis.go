package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// atlantisRepository is atlantis.yaml.
type atlantisRepository struct {
	Version       int  `yaml:"version"`
	Automerge     bool `yaml:"automerge"`
	ParallelPlan  bool `yaml:"parallel_plan"`
	ParallelApply bool `yaml:"parallel_apply"`
	Projects      []struct {
		Name             string `yaml:"name"`
		Dir              string `yaml:"dir"`
		Workspace        string `yaml:"workspace"`
		Workflow         string `yaml:"workflow"`
		TerraformVersion string `yaml:"terraform_version"`
		Autoplan         struct {
			Enabled      bool     `yaml:"enabled"`
			WhenModified []string `yaml:"when_modified"`
		} `yaml:"autoplan"`
	} `yaml:"projects"`
}

// atlantisServer is what --repo-config names.
type atlantisServer struct {
	Repos []struct {
		Id                    string   `yaml:"id"`
		Branch                string   `yaml:"branch"`
		ApplyRequirements     []string `yaml:"apply_requirements"`
		ImportRequirements    []string `yaml:"import_requirements"`
		AllowedOverrides      []string `yaml:"allowed_overrides"`
		AllowedWorkflows      []string `yaml:"allowed_workflows"`
		AllowCustomWorkflows  bool     `yaml:"allow_custom_workflows"`
		DeleteBranchOnMerging bool     `yaml:"delete_source_branch_on_merge"`
	} `yaml:"repos"`
	Workflows map[string]struct {
		Plan  atlantisStage `yaml:"plan"`
		Apply atlantisStage `yaml:"apply"`
	} `yaml:"workflows"`
}

type atlantisStage struct {
	Steps []atlantisStep `yaml:"steps"`
}

type atlantisArgs struct {
	ExtraArgs []string `yaml:"extra_args"`
}

// atlantisStep is a built-in step by its name, or a map with one key.
type atlantisStep struct {
	name string
	Init *atlantisArgs `yaml:"init"`
	Plan *atlantisArgs `yaml:"plan"`
	Env  *struct {
		Name    string `yaml:"name"`
		Value   string `yaml:"value"`
		Command string `yaml:"command"`
	} `yaml:"env"`
	Run string `yaml:"run"`
}

var atlantisSteps = []string{"init", "plan", "apply", "show", "policy_check", "import", "state_rm"}

func (s *atlantisStep) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		s.name = node.Value
		if !slices.Contains(atlantisSteps, s.name) {
			return fmt.Errorf("line %d: there is no step %q", node.Line, s.name)
		}
		return nil
	}
	if len(node.Content) != 2 {
		return fmt.Errorf("line %d: a step has one key", node.Line)
	}
	if key := node.Content[0].Value; key != "init" && key != "plan" && key != "env" && key != "run" {
		return fmt.Errorf("line %d: there is no step %q with arguments", node.Line, key)
	}
	type plain atlantisStep
	return node.Decode((*plain)(s))
}

func checkAtlantisRepository(content []byte) error {
	var c atlantisRepository
	if err := strictly(content, &c); err != nil {
		return err
	}
	if c.Version != 3 || len(c.Projects) == 0 {
		return errors.New("it has to have version 3 and a project")
	}
	return nil
}

var atlantisRequirements = []string{"approved", "mergeable", "undiverged"}

// atlantisSettings is what --config names: the flags of the server that are in use.
type atlantisSettings struct {
	RepoAllowlist        string `yaml:"repo-allowlist"`
	RepoConfig           string `yaml:"repo-config"`
	CheckoutStrategy     string `yaml:"checkout-strategy"`
	GitHubTeamAllowlist  string `yaml:"gh-team-allowlist"`
	DisableApplyAll      bool   `yaml:"disable-apply-all"`
	HidePrevPlanComments bool   `yaml:"hide-prev-plan-comments"`
	AllowForkRequests    bool   `yaml:"allow-fork-prs"`
}

// checkAtlantisSettings insists on what the workflow relies on: "undiverged" compares in the merge
// strategy alone, and without a list of teams everyone who can comment can apply.
func checkAtlantisSettings(content []byte) error {
	var c atlantisSettings
	if err := strictly(content, &c); err != nil {
		return err
	}
	if c.CheckoutStrategy != "merge" {
		return errors.New("undiverged needs checkout-strategy: merge")
	}
	for rule := range strings.SplitSeq(c.GitHubTeamAllowlist, ",") {
		team, command, ok := strings.Cut(rule, ":")
		if !ok || team == "" || command == "" || command == "*" || (team == "*" && command == "apply") {
			return fmt.Errorf("gh-team-allowlist: %q does not limit who may apply", rule)
		}
	}
	if c.AllowForkRequests {
		return errors.New("a fork may not plan")
	}
	return nil
}

func checkAtlantisServer(content []byte) error {
	var c atlantisServer
	if err := strictly(content, &c); err != nil {
		return err
	}
	for _, r := range c.Repos {
		for _, requirement := range slices.Concat(r.ApplyRequirements, r.ImportRequirements) {
			if !slices.Contains(atlantisRequirements, requirement) {
				return fmt.Errorf("there is no requirement %q", requirement)
			}
		}
		for _, name := range r.AllowedWorkflows {
			if _, ok := c.Workflows[name]; !ok {
				return fmt.Errorf("there is no workflow %q", name)
			}
		}
	}
	for name, w := range c.Workflows {
		if len(w.Plan.Steps) == 0 || len(w.Apply.Steps) == 0 {
			return fmt.Errorf("workflow %q does not say how to plan and how to apply", name)
		}
	}
	return nil
}
