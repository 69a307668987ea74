package main

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"
)

var (
	uses   = regexp.MustCompile(`^\s*(?:- )?uses:\s*(.*)$`)
	pinned = regexp.MustCompile(`^(?:\./[\w./-]+|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$`)
)

// checkPins requires every action by the digest of a commit, which cannot be moved, and its version
// beside it; what begins with ./ is of this commit anyway. actionlint checks the rest of a
// workflow, and leaves this to taste.
func checkPins(content []byte) error {
	for i, line := range bytes.Split(content, []byte("\n")) {
		if m := uses.FindSubmatch(line); m != nil && !pinned.Match(m[1]) {
			return fmt.Errorf("line %d: %s is not pinned as OWNER/NAME@DIGEST # vX.Y.Z", i+1, m[1])
		}
	}
	var w struct {
		Permissions yaml.Node `yaml:"permissions"`
	}
	if err := yaml.Unmarshal(content, &w); err != nil {
		return err
	}
	// Without the key a token may do what the repository's settings say; with it, each job names what
	// it needs.
	if w.Permissions.Kind != yaml.MappingNode || len(w.Permissions.Content) != 0 {
		return fmt.Errorf("the workflow has to say `permissions: {}`")
	}
	return nil
}

// checkIdentities requires an identity of the signing server in jobs that can do nothing else: a job
// that asks for a token may read, and a job that may write to the host has no identity.
func checkIdentities(content []byte) error {
	if err := checkPins(content); err != nil {
		return err
	}
	var w struct {
		Jobs map[string]struct {
			Permissions map[string]string `yaml:"permissions"`
			Environment string            `yaml:"environment"`
			Env         map[string]string `yaml:"env"`
		} `yaml:"jobs"`
	}
	if err := yaml.Unmarshal(content, &w); err != nil {
		return err
	}
	for name, job := range w.Jobs {
		identity := job.Permissions["id-token"] == "write"
		for permission, level := range job.Permissions {
			if identity && permission != "id-token" && level == "write" {
				return fmt.Errorf("job %s: it has an identity, and may write %s", name, permission)
			}
		}
		scope, client := job.Env["VENAFI_SCOPE"], job.Env["VENAFI_CLIENT_ID"]
		if identity != (scope != "") || identity != (client != "") {
			return fmt.Errorf("job %s: an identity has a client and a scope, and no other job has", name)
		}
		if strings.Contains(scope, "manage") != (job.Environment != "") {
			return fmt.Errorf("job %s: the scope to change something belongs behind an environment", name)
		}
	}
	return nil
}

// strictly decodes one document in which every key has to be known.
func strictly(content []byte, into any) error {
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	decoder.KnownFields(true)
	return decoder.Decode(into)
}
