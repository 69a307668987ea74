package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
)

// survey asks the questions of one server.
type survey struct {
	session *session
	ev      *evidence
	out     io.Writer
}

var errTokenRejected = errors.New("the server rejected the token: check the environment variables of the provider")

// read makes the reading calls, in their order.
func (s *survey) read(ctx context.Context) error {
	for i := range s.ev.readingProbes() {
		if err := ctx.Err(); err != nil {
			return err
		}
		probes := s.ev.readingProbes() // with what the answers so far show
		p := probes[i]
		fmt.Fprintf(s.out, "[%2d/%d] %s\n", i+1, len(probes), p.call)
		if err := s.probe(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (s *survey) probe(ctx context.Context, p probe) error {
	if p.missing != "" && isIncomplete(p.body) {
		s.ev.skipped[p.name] = p.missing
		return nil
	}
	e, err := s.session.send(ctx, p.call, p.body)
	if err != nil {
		s.ev.skipped[p.name] = "the server did not answer"
		if ctx.Err() != nil || len(s.ev.exchanges) > 0 {
			return ctx.Err()
		}
		return err // there was no answer at all
	}
	s.ev.exchanges[p.name] = e
	if e.status == 401 && p.name == "verify" {
		return errTokenRejected
	}
	return nil
}

// printObservations lists each question with its possible answers and the observed one.
func printObservations(out io.Writer, observations []observation) {
	settled := len(observations)
	for _, o := range observations {
		fmt.Fprintf(out, "\n%s\n", o.text)
		for _, answer := range o.answers {
			fmt.Fprintf(out, "  [%s] %s\n", chosen(answer == o.answer, "x", " "), answer)
		}
		switch {
		case o.answer == "":
			settled--
			fmt.Fprintf(out, "  not settled: %s\n", o.reason)
		case !slices.Contains(o.answers, o.answer):
			fmt.Fprintf(out, "  [x] %s\n", o.answer)
		}
	}
	fmt.Fprintf(out, "\n%d of %d questions are settled.\n", settled, len(observations))
}
