package main

import (
	"context"
	"flag"
	"fmt"
	"io"

	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("codesign-simulator", flag.ContinueOnError)
	listen := flags.String("listen", "127.0.0.1:0", "loopback address to listen on")
	if err := flags.Parse(args); err != nil {
		return err
	}
	s := simulator.New(simulator.World{})
	url, err := s.Listen(*listen, false)
	if err != nil {
		return err
	}
	defer s.Close()
	fmt.Fprintln(out, url)
	<-ctx.Done()
	return nil
}
