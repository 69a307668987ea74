// Command soak applies a configuration hundreds of times while the embedded server misbehaves,
// people interfere and processes are killed, and checks after each apply that nothing was lost and
// nothing done twice.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"time"
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
