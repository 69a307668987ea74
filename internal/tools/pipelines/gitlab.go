package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// gitLab is .gitlab-ci.yml: a few keywords, and jobs under any other name.
type gitLab struct {
	Stages    []string             `yaml:"stages"`
	Variables map[string]string    `yaml:"variables"`
	Default   gitLabJob            `yaml:"default"`
	Jobs      map[string]gitLabJob `yaml:",inline"`
}

type gitLabJob struct {
	Stage string `yaml:"stage"`
	Image *struct {
		Name       string   `yaml:"name"`
		Entrypoint []string `yaml:"entrypoint"`
	} `yaml:"image"`
	Interruptible *bool `yaml:"interruptible"`
	IdTokens      map[string]struct {
		Aud string `yaml:"aud"`
	} `yaml:"id_tokens"`
	BeforeScript []string          `yaml:"before_script"`
	AfterScript  []string          `yaml:"after_script"`
	Needs        []string          `yaml:"needs"`
	Timeout      string            `yaml:"timeout"`
	Script       []string          `yaml:"script"`
	Variables    map[string]string `yaml:"variables"`
	Rules        []struct {
		If           string `yaml:"if"`
		When         string `yaml:"when"`
		AllowFailure *bool  `yaml:"allow_failure"`
	} `yaml:"rules"`
	ResourceGroup string `yaml:"resource_group"`
	Environment   *struct {
		Name   string `yaml:"name"`
		Action string `yaml:"action"`
	} `yaml:"environment"`
	Artifacts *struct {
		Name     string   `yaml:"name"`
		ExposeAs string   `yaml:"expose_as"`
		Paths    []string `yaml:"paths"`
		Reports  struct {
			Dotenv string `yaml:"dotenv"`
		} `yaml:"reports"`
		Access   string `yaml:"access"`
		When     string `yaml:"when"`
		ExpireIn string `yaml:"expire_in"`
	} `yaml:"artifacts"`
}

func checkGitLab(content []byte) error {
	var c gitLab
	if err := strictly(content, &c); err != nil {
		return err
	}
	for name, job := range c.Jobs {
		if !slices.Contains(c.Stages, job.Stage) {
			return fmt.Errorf("job %s: there is no stage %q", name, job.Stage)
		}
		for _, need := range job.Needs {
			if _, ok := c.Jobs[need]; !ok {
				return fmt.Errorf("job %s: there is no job %q", name, need)
			}
		}
		if len(job.Script) == 0 || len(job.Rules) == 0 {
			return fmt.Errorf("job %s: it has to have a script and rules", name)
		}
		if err := checkGitLabSafety(name, job); err != nil {
			return err
		}
	}
	return checkImage("default", c.Default)
}

var pinnedImage = regexp.MustCompile(`^[\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$`)

// checkImage requires a digest, which a registry cannot move.
func checkImage(name string, job gitLabJob) error {
	if job.Image != nil && !pinnedImage.MatchString(job.Image.Name) {
		return fmt.Errorf("job %s: the image %s is not pinned as NAME:TAG@DIGEST", name, job.Image.Name)
	}
	return nil
}

// checkGitLabSafety requires what keeps the artifacts of another job away from the scripts of a job that can change
// something, and a job that has a token for GitLab away from the signing server.
func checkGitLabSafety(name string, job gitLabJob) error {
	scope := job.Variables["VENAFI_SCOPE"]
	changes := strings.Contains(scope, "manage")
	deploys := job.Environment != nil && job.Environment.Action != "access"
	if changes != deploys {
		return fmt.Errorf("job %s: the scope to change something belongs behind an environment", name)
	}
	if changes && job.Variables["GIT_STRATEGY"] != "empty" {
		return fmt.Errorf("job %s: artifacts are unpacked over its scripts", name)
	}
	if accesses := job.Environment != nil && !deploys; accesses && (job.IdTokens == nil || len(job.IdTokens) > 0) {
		return fmt.Errorf("job %s: it has a token for GitLab and an identity of the signing server", name)
	}
	return checkImage(name, job)
}
