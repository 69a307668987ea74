// Command pipelines checks the files of examples/pipelines that have no linter of their own to run
// here, by reading them strictly into the types of the program they are for: a member that the
// program does not know, or that has another type, is an error. Kubernetes and Flux publish those
// types; those of GitLab, Atlantis and the tofu controller are written down here from their
// documentation, for the parts that are used. Of every workflow it checks that actions are pinned,
// and of the examples that a job with an identity has no other permission to write.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := flag.String("root", ".", "`directory` of the repository")
	flag.Parse()
	n, err := check(*root)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("%d files of pipelines are in order.\n", n)
}

// rule says how the files of a pattern, below the root, are checked.
type rule struct {
	pattern string
	check   func(content []byte) error
}

var rules = []rule{
	{"examples/pipelines/gitlab-ci/.gitlab-ci.yml", checkGitLab},
	{"examples/pipelines/atlantis/atlantis.yaml", checkAtlantisRepository},
	{"examples/pipelines/atlantis/repos.yaml", checkAtlantisServer},
	{"examples/pipelines/atlantis/server.yaml", checkAtlantisSettings},
	{"examples/pipelines/atlantis/drift.yaml", checkManifests},
	{"examples/pipelines/flux-tofu-controller/*.yaml", checkManifests},
	{"examples/pipelines/github-actions/.github/workflows/*.yml", checkIdentities},
	{".github/workflows/*.yml", checkPins},
}

// check returns how many files were looked at. A pattern without files is an error: it would check
// nothing for ever.
func check(root string) (n int, err error) {
	var problems []error
	for _, r := range rules {
		files, err := filepath.Glob(filepath.Join(root, filepath.FromSlash(r.pattern)))
		if err == nil && len(files) == 0 {
			err = fmt.Errorf("%s: no such file", r.pattern)
		}
		problems = append(problems, err)
		for _, name := range files {
			content, err := os.ReadFile(name)
			if err == nil {
				err = r.check(content)
			}
			if err != nil {
				problems = append(problems, fmt.Errorf("%s: %w", name, err))
			}
		}
		n += len(files)
	}
	return n, errors.Join(problems...)
}
