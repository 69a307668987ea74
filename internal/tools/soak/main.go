// Command soak applies a configuration hundreds of times while the embedded server misbehaves,
// people interfere and processes are killed, and checks after each apply that nothing was lost and
// nothing done twice.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/program"
)

func main() {
	s := &soak{out: os.Stdout}
	flag.Uint64Var(&s.seed, "seed", uint64(time.Now().UnixNano())%1_000_000, "decides what happens")
	flag.DurationVar(&s.duration, "duration", 10*time.Minute, "how long to go on")
	flag.Parse()
	fmt.Printf("seed %d\n", s.seed)
	os.Exit(program.Main("", s.run))
}

// soak is one long run: the same configuration, applied again and again.
type soak struct {
	seed     uint64
	rounds   int           // 0: until the duration ends
	duration time.Duration // of the rounds; the one that is running is finished
	out      io.Writer

	random   *rand.Rand
	server   *simulator.Server
	url      string
	people   *people
	cli      *realcli.CLI
	list     []*project
	tickets  []string // decisions
	governed []*governed
	initial  map[string]string // statuses by DN

	applies, faults, actions, kills, failures, scenarioCount int
	found                                                    []string
}

const faultlessEvery = 5 // rounds

// run ends with an error if something happened that may never be.
func (s *soak) run(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "soak")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	s.start()
	defer s.server.Close()
	if err := s.install(ctx, dir); err != nil {
		return err
	}
	began := time.Now()
	for number := 1; s.continues(number, time.Since(began)) && ctx.Err() == nil; number++ {
		if err := s.play(ctx, number); err != nil {
			return fmt.Errorf("seed %d, round %d: %w", s.seed, number, err)
		}
	}
	return s.summary(time.Since(began))
}

func (s *soak) continues(round int, elapsed time.Duration) bool {
	if s.rounds > 0 {
		return round <= s.rounds
	}
	return elapsed < s.duration
}

// start makes the server and the people who use it.
func (s *soak) start() {
	s.random = rand.New(rand.NewPCG(s.seed, 0))
	s.server = simulator.New(s.newWorld())
	s.initial = map[string]string{}
	for _, p := range s.list {
		s.initial[p.dn] = s.server.ProjectStatus(p.dn)
	}
	s.people = newPeople(s.server, s.governed)
}

// install prepares a work directory for the configuration.
func (s *soak) install(ctx context.Context, dir string) (err error) {
	if s.url, err = s.server.Start(); err != nil {
		return err
	}
	s.cli, err = realcli.New(dir, "VENAFI_TOKEN="+s.server.Token(robot, ""), "VENAFI_URL="+s.url)
	if err != nil {
		return err
	}
	if err := s.cli.Install(ctx); err != nil {
		return err
	}
	if err := s.configure(); err != nil {
		return err
	}
	_, err = s.cli.Do(ctx, "init", "-input=false")
	return err
}

// play applies once amid chaos or plays a situation; every few rounds the world calms down, and the
// apply has to get everything right.
func (s *soak) play(ctx context.Context, number int) error {
	r := &round{soak: s, cli: s.cli, number: number}
	switch {
	case number%faultlessEvery == 0:
		r.faultless(ctx)
	case number%2 == 0:
		r.scenario(ctx)
	default:
		r.chaos(ctx)
	}
	r.report()
	return r.err
}

func (s *soak) summary(took time.Duration) error {
	fmt.Fprintf(s.out, "seed %d: %d applies in %s, %d of them failed with a reason, %d faults, %d outside actions, %d "+
		"kills, %d situations, %d requests, %d violations\n",
		s.seed, s.applies, took.Round(time.Second), s.failures, s.faults, s.actions, s.kills, s.scenarioCount,
		len(s.server.Requests()), len(s.found))
	if len(s.found) > 0 {
		return errors.New("something happened that may never be; run again with the same seed")
	}
	return nil
}
