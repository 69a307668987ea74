// Command soak applies a configuration hundreds of times while the embedded server misbehaves,
// people interfere and processes are killed, and checks after each apply that nothing was lost and
// nothing done twice.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func main() {
	s := &soak{out: os.Stdout}
	flag.Uint64Var(&s.seed, "seed", uint64(time.Now().UnixNano())%1_000_000, "decides what happens")
	flag.DurationVar(&s.duration, "duration", 10*time.Minute, "how long to go on")
	flag.IntVar(&s.rounds, "rounds", 0, "how many applies, instead of a duration")
	flag.StringVar(&s.only, "situation", "", "play only situations whose name contains this")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	fmt.Printf("seed %d\n", s.seed)
	if err := s.run(ctx, "."); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1) //nolint:gocritic // stop has nothing left to do
	}
}

// soak is one long run: the same configuration, applied again and again.
type soak struct {
	seed     uint64
	rounds   int           // 0: until the duration ends
	duration time.Duration // of the rounds; the one that is running is finished
	out      io.Writer
	only     string // part of the name of the situations to play; then nothing else happens

	random  *rand.Rand
	server  *simulator.Server
	actor   *actor
	cli     *realcli.CLI
	list    []*project
	tickets []ticket
	initial map[string]string

	governed []*governed

	applies, faults, actions, kills, failures, scenarioCount int
	found                                                    []string
	scenarioCLI                                              *realcli.CLI // work directory of the situations
}

const (
	projectCount   = 6
	ticketCount    = 8
	faultlessEvery = 5 // rounds
)

// run ends with an error if something happened that may never be.
func (s *soak) run(ctx context.Context, root string) error {
	dir, err := os.MkdirTemp("", "soak")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	if err := s.prepare(ctx, root, dir); err != nil {
		return err
	}
	defer s.server.Close()
	began := time.Now()
	for round := 1; s.continues(round, time.Since(began)) && ctx.Err() == nil; round++ {
		if err := s.round(ctx, round); err != nil {
			return fmt.Errorf("seed %d, round %d: %w", s.seed, round, err)
		}
	}
	return s.report(time.Since(began))
}

func (s *soak) continues(round int, elapsed time.Duration) bool {
	if s.rounds > 0 {
		return round <= s.rounds
	}
	return elapsed < s.duration
}

func (s *soak) prepare(ctx context.Context, root, dir string) error {
	s.random = rand.New(rand.NewPCG(s.seed, 0))
	var world simulator.World
	world, s.list, s.tickets = newWorld(s.random, projectCount, ticketCount)
	s.governed = newGoverned(s.random, &world)
	s.server = simulator.New(world)
	s.server.Seed(int64(s.seed))
	s.initial = map[string]string{}
	for _, p := range s.list {
		s.initial[p.dn] = s.server.ProjectStatus(p.dn)
	}
	url, err := s.server.Start()
	if err != nil {
		return err
	}
	path, err := realcli.Find()
	if err != nil {
		return err
	}
	s.cli, err = realcli.New(path, dir, "VENAFI_TOKEN="+s.server.Token(robot, ""), "VENAFI_URL="+url)
	if err != nil {
		return err
	}
	if err := s.cli.Install(ctx, root); err != nil {
		return err
	}
	s.actor = &actor{server: s.server, editor: newEditor(s.server, s.governed)}
	s.actor.begin(nil)
	s.server.OnRequest(s.actor.arrived)
	s.server.OnAnswer(s.actor.answered)
	if err := s.configure(); err != nil {
		return err
	}
	if _, err = s.cli.Do(ctx, "init", "-input=false"); err != nil {
		return err
	}
	return s.prepareScenarios(ctx, filepath.Join(dir, "scenes"))
}

// round applies once amid chaos; every few rounds the world calms down, and the apply has to get
// everything right.
func (s *soak) round(ctx context.Context, number int) error {
	if number%faultlessEvery == 0 && s.only == "" {
		return s.faultless(ctx, number)
	}
	if number%2 == 0 || s.only != "" {
		return s.playScenario(ctx, number)
	}
	c := newChaos(s.random, s.list, s.governed)
	if s.random.IntN(3) == 0 {
		pick(s.random, s.list).desired = pick(s.random, desiredStatuses)
	}
	if s.random.IntN(2) == 0 {
		pick(s.random, s.governed).choose(s.random)
	}
	if err := s.configure(); err != nil {
		return err
	}
	removers := make([]func(), 0, len(c.faults))
	for _, f := range c.faults {
		removers = append(removers, s.server.Inject(f))
	}
	s.actor.begin(c.actions)
	err := s.apply(ctx, number, c)
	for _, remove := range removers {
		remove()
	}
	s.faults += len(c.faults)
	s.actions += len(c.actions)
	return err
}

func (s *soak) configure() error {
	text := []string{configuration(s.url(), s.list, s.tickets)}
	for _, g := range s.governed {
		text = append(text, g.blocks(s.server.Trustee))
	}
	return s.cli.Write("main.tf", strings.Join(text, ""))
}

func (s *soak) url() string {
	for _, e := range s.cli.Env {
		if url, ok := strings.CutPrefix(e, "VENAFI_URL="); ok {
			return url
		}
	}
	return ""
}

func (s *soak) apply(ctx context.Context, number int, c chaos) error {
	args := []string{"apply", "-input=false", "-auto-approve", "-lock-timeout=5s"}
	s.applies++
	if c.kill > 0 {
		result, hit, err := s.cli.RunAndKill(ctx, c.kill, c.partly, args...)
		if hit {
			s.kills++
			s.unlock()
		}
		s.reportViolations(number, s.violations(), result.Stdout)
		return err
	}
	result, err := s.cli.Run(ctx, args...)
	if err != nil {
		return err
	}
	found := s.violations()
	if result.Code != 0 {
		s.failures++
		if !strings.Contains(result.Stderr, "Error:") {
			found = append(found, "an apply failed and did not say why")
		}
	} else {
		more, err := s.stateAgrees(ctx, s.cli)
		if err != nil {
			return err
		}
		found = append(found, more...)
	}
	s.reportViolations(number, found, result.Stdout+result.Stderr)
	return nil
}
