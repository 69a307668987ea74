package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// lab is where everything is measured: a CLI, a mirror with both providers, and
// a folder for each configuration.
type lab struct {
	dir, root string
	profile   string
	cli       *realcli.CLI
	env       []string // of the CLI, without server and token
	cases     map[string]*prepared
	say       func(format string, args ...any)
}

// release are the flags of the release build that change what is measured.
const release = "-ldflags=-s -w"

func newLab(ctx context.Context, root, dir, profile string) (*lab, error) {
	path, err := realcli.Find()
	if err != nil {
		return nil, err
	}
	cli, err := realcli.New(path, dir)
	if err != nil {
		return nil, err
	}
	l := &lab{dir: dir, root: root, profile: profile, cli: cli, env: cli.Env, cases: map[string]*prepared{}, say: func(string, ...any) {}}
	provider := "."
	if profile != "" {
		provider = "./internal/tools/bench/profiled"
		l.env = append(l.env, "BENCH_PROFILE="+profile)
	}
	if err := l.build(ctx, provider, cli.Binary()); err != nil {
		return nil, err
	}
	return l, l.build(ctx, "./internal/tools/bench/yardstick", l.yardstick())
}

func (l *lab) build(ctx context.Context, pkg, to string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", release, "-o", to, pkg)
	cmd.Dir = l.root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building %s: %w\n%s", pkg, err, out)
	}
	return nil
}

// yardstick is where the mirror has the other provider.
func (l *lab) yardstick() string {
	namespace, ours, _ := strings.Cut(l.cli.Binary(), "codesign-tf")
	return namespace + "codesign-tf" + strings.ReplaceAll(ours, "codesign", "yardstick")
}

// prepared is an initialised folder with what is to be there before a run.
type prepared struct {
	cli   *realcli.CLI
	state []byte // nil: none
}

// prepare initialises the folder of a configuration once.
func (l *lab) prepare(ctx context.Context, key, config string) (*prepared, error) {
	if p := l.cases[key]; p != nil {
		return p, p.cli.Write("main.tf", config)
	}
	dir := filepath.Join(l.dir, key)
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	p := &prepared{cli: l.cli.In(dir)}
	p.cli.Env = l.env
	if err := p.cli.Write("main.tf", config); err != nil {
		return nil, err
	}
	if _, err := p.cli.Do(ctx, "init", "-input=false"); err != nil {
		return nil, err
	}
	l.cases[key] = p
	return p, nil
}

// reset puts the folder back to what it was before the first run.
func (p *prepared) reset() error {
	file := filepath.Join(p.cli.Dir, "terraform.tfstate")
	if p.state == nil {
		_ = os.Remove(file)
		return nil
	}
	return os.WriteFile(file, p.state, 0o600)
}

// run measures one command of the CLI.
func (p *prepared) run(ctx context.Context, s *site, code int, args ...string) (sample, error) {
	cmd := exec.CommandContext(ctx, p.cli.Path, args...)
	cmd.Dir = p.cli.Dir
	cmd.Env = append(append(os.Environ(), p.cli.Env...), s.env()...)
	before := s.arrived()
	one, err := measure(ctx, cmd, code)
	one.requests = s.arrived() - before
	return one, err
}

// site is a server that nobody has changed yet.
type site struct {
	server     *simulator.Server
	url, token string
}

func open(n int, latency time.Duration) (*site, error) {
	server := simulator.New(world(n), simulator.WithLatency(latency))
	url, err := server.Start()
	return &site{server, url, server.Token(robot, "")}, err
}

func (s *site) env() []string { return []string{"VENAFI_URL=" + s.url, "VENAFI_TOKEN=" + s.token} }

func (s *site) arrived() int { return len(s.server.Requests()) }
