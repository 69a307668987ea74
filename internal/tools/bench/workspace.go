package main

import (
	"cmp"
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
	config, before string // before is applied first, unmeasured
	n              int    // objects on the server
	latency        time.Duration
	parallelism    int
	changes, apply bool // the plan changes something; it is applied
}

func (l *lab) planner(ctx context.Context, s scenario) func() (usage, error) {
	return func() (usage, error) {
		plan, _, err := l.run(ctx, s)
		return plan, err
	}
}

// run measures the plan of a scenario, and the apply of the saved plan if the scenario has one.
func (l *lab) run(ctx context.Context, s scenario) (plan, apply usage, err error) {
	w, err := l.workspace(ctx, s)
	if err != nil {
		return plan, apply, err
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
	args, code := []string{"plan", "-input=false", limit, "-detailed-exitcode"}, 0
	if s.changes {
		code = 2
	}
	if s.apply {
		args = append(args, "-out=tfplan")
	}
	if plan, err = w.measure(ctx, srv, code, args...); err == nil && s.apply {
		apply, err = w.measure(ctx, srv, 0, "apply", "-input=false", limit, "tfplan")
	}
	return plan, apply, err
}

// workspace is an initialised folder, with the state to begin each run with.
type workspace struct {
	cli   *realcli.CLI
	state []byte // nil: none
}

// workspace returns the workspace of a configuration. Its state is that after an apply of what was
// there before.
func (l *lab) workspace(ctx context.Context, s scenario) (*workspace, error) {
	if w := l.workspaces[s.config]; w != nil {
		return w, nil
	}
	w := &workspace{cli: l.cli.In(filepath.Join(l.dir, fmt.Sprint("workspace-", len(l.workspaces))))}
	if err := w.cli.Write("main.tf", providerBlock(s.provider)+cmp.Or(s.before, s.config)); err != nil {
		return nil, err
	}
	if _, err := w.cli.Do(ctx, "init", "-input=false"); err != nil {
		return nil, err
	}
	l.workspaces[s.config] = w
	if s.before == "" {
		return w, nil
	}
	srv, err := startServer(s.n, 0)
	if err != nil {
		return nil, err
	}
	defer srv.server.Close()
	if _, err := w.measure(ctx, srv, 0, "apply", "-input=false", "-auto-approve", "-parallelism=50"); err != nil {
		return nil, err
	}
	if w.state, err = os.ReadFile(w.stateFile()); err != nil {
		return nil, err
	}
	return w, w.cli.Write("main.tf", providerBlock(s.provider)+s.config)
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
