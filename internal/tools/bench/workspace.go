package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// lab has a CLI, a mirror with both providers, and a workspace for each configuration.
type lab struct {
	dir        string
	repeat     int
	cli        *realcli.CLI
	workspaces map[string]*workspace // by configuration
}

func newLab(ctx context.Context, dir string, repeat int) (*lab, error) {
	cli, err := realcli.New(dir)
	if err != nil {
		return nil, err
	}
	l := &lab{dir: dir, repeat: repeat, cli: cli, workspaces: map[string]*workspace{}}
	for binary, pkg := range map[string]string{cli.Binary(): "", l.baseline(): "/internal/tools/bench/baseline"} {
		if err := realcli.Build(ctx, realcli.Module+pkg, binary, "-ldflags=-s -w"); err != nil {
			return nil, err
		}
	}
	return l, nil
}

// baseline is the path of the other provider in the mirror.
func (l *lab) baseline() string {
	host, ours, _ := strings.Cut(l.cli.Binary(), "codesign-tf")
	return host + "codesign-tf" + strings.ReplaceAll(ours, "codesign", baseline)
}

// scenario is a plan, or a plan and its apply. The zero value is an empty plan.
type scenario struct {
	provider       string // empty: this provider
	config, before string // before has one resource; n copies of it are in the state
	n              int    // objects on the server
	latency        time.Duration
	parallelism    int
	changes        bool
}

func (l *lab) planner(ctx context.Context, s scenario) func() (usage, error) {
	return func() (usage, error) {
		plan, _, err := l.run(ctx, s)
		return plan, err
	}
}

// run measures the plan of a scenario, and the apply of the saved plan if the scenario changes
// something.
func (l *lab) run(ctx context.Context, s scenario) (plan, apply usage, err error) {
	w, err := l.workspace(ctx, s.provider, s.config)
	if err != nil {
		return plan, apply, err
	}
	if s.before != "" && w.state == nil {
		if w.state, err = l.appliedState(ctx, s); err != nil {
			return plan, apply, err
		}
	}
	if err := w.resetState(); err != nil {
		return plan, apply, err
	}
	srv, err := startServer(s.n, s.latency)
	if err != nil {
		return plan, apply, err
	}
	defer srv.server.Close()
	limit := fmt.Sprintf("-parallelism=%d", max(s.parallelism, parallelism))
	if !s.changes {
		plan, err = w.measure(ctx, srv, 0, "plan", "-input=false", limit, "-detailed-exitcode")
		return plan, apply, err
	}
	plan, err = w.measure(ctx, srv, 2, "plan", "-input=false", limit, "-detailed-exitcode", "-out=tfplan")
	if err != nil {
		return plan, apply, err
	}
	apply, err = w.measure(ctx, srv, 0, "apply", "-input=false", limit, "tfplan")
	return plan, apply, err
}

// appliedState applies one resource and copies it in the state.
func (l *lab) appliedState(ctx context.Context, s scenario) ([]byte, error) {
	w, err := l.workspace(ctx, s.provider, s.before)
	if err != nil {
		return nil, err
	}
	srv, err := startServer(1, 0)
	if err != nil {
		return nil, err
	}
	defer srv.server.Close()
	if _, err := w.measure(ctx, srv, 0, "apply", "-input=false", "-auto-approve"); err != nil {
		return nil, err
	}
	file, err := os.ReadFile(w.stateFile())
	if err != nil {
		return nil, err
	}
	return copyInstances(file, s.n)
}

// workspace is an initialised folder, with the state to begin each run with.
type workspace struct {
	cli   *realcli.CLI
	state []byte // nil: none
}

func (l *lab) workspace(ctx context.Context, provider, config string) (*workspace, error) {
	text := providerBlock(provider) + config
	if w := l.workspaces[text]; w != nil {
		return w, nil
	}
	w := &workspace{cli: l.cli.In(filepath.Join(l.dir, fmt.Sprint("workspace-", len(l.workspaces))))}
	if err := w.cli.Write("main.tf", text); err != nil {
		return nil, err
	}
	if _, err := w.cli.Do(ctx, "init", "-input=false"); err != nil {
		return nil, err
	}
	l.workspaces[text] = w
	return w, nil
}

func (w *workspace) stateFile() string { return filepath.Join(w.cli.Dir, "terraform.tfstate") }

func (w *workspace) resetState() error {
	if w.state == nil {
		_ = os.Remove(w.stateFile())
		return nil
	}
	return os.WriteFile(w.stateFile(), w.state, 0o600)
}

func (w *workspace) measure(ctx context.Context, s *server, code int, args ...string) (usage, error) {
	cmd := w.cli.Command(ctx, args...)
	cmd.Env = append(cmd.Env, "VENAFI_URL="+s.url, "VENAFI_TOKEN="+s.token)
	before := len(s.server.Requests())
	u, err := measure(ctx, cmd, code)
	u.requests = len(s.server.Requests()) - before
	return u, err
}

// server is an embedded server in its initial state.
type server struct {
	server     *simulator.Server
	url, token string
}

func startServer(n int, latency time.Duration) (*server, error) {
	s := simulator.New(world(n))
	s.Inject(simulator.Fault{Kind: simulator.Latency, Delay: latency})
	url, err := s.Start()
	return &server{s, url, s.Token(apiUser, "")}, err
}
