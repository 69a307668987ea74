package program

import (
	"context"
	"errors"
	"flag"
	"os"
	"testing"
)

func TestMain_Codes(t *testing.T) {
	for want, run := range map[int]func(context.Context) error{
		0: func(context.Context) error { return flag.ErrHelp },
		1: func(context.Context) error { return errors.New("it failed") },
		130: func(ctx context.Context) error {
			self, err := os.FindProcess(os.Getpid())
			if err != nil {
				return err
			}
			if err := self.Signal(os.Interrupt); err != nil {
				return err
			}
			<-ctx.Done()
			return nil
		},
	} {
		if got := Main("Nothing is left.", run); got != want {
			t.Errorf("got %d, want %d", got, want)
		}
	}
}
