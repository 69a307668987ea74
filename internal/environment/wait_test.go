package environment

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// pending answers NotReady for some time, then with an environment.
type pending struct {
	ready time.Time
	reads int
}

func (p *pending) GetEnvironment(context.Context, client.ProjectRef) (*client.EnvironmentDetails, error) {
	if p.reads++; time.Now().Before(p.ready) {
		return nil, &client.Error{Reason: client.NotReady}
	}
	return &client.EnvironmentDetails{}, nil
}

func TestWaitUntilReady(t *testing.T) {
	for name, row := range map[string]struct {
		pending time.Duration
		ready   bool
		reads   int
	}{
		"ready":               {0, true, 1},
		"ready after a while": {20 * time.Second, true, 7},
		"never":               {time.Hour, false, 11},
	} {
		synctest.Test(t, func(t *testing.T) {
			start := time.Now()
			api := &pending{ready: start.Add(row.pending)}
			_, err := waitUntilReady(t.Context(), api, client.ProjectRef{})
			if (err == nil) != row.ready || api.reads != row.reads || time.Since(start) > readyTimeout+maxPollInterval {
				t.Errorf("%s: %d reads in %s, %v", name, api.reads, time.Since(start), err)
			}
		})
	}
}

func TestWaitUntilReady_Interrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, err := waitUntilReady(ctx, &pending{ready: time.Now().Add(time.Hour)}, client.ProjectRef{})
		if client.ReasonOf(err) != client.NotReady {
			t.Errorf("got %v", err)
		}
	})
}

func TestLabel(t *testing.T) {
	for name, want := range map[string]string{
		`\VED\Code Signing\Projects\Payments\Release`:        `Payments\Release`,
		`\VED\Code Signing\Projects\Folder\Payments\Release`: `Payments\Release`,
		"Release": "", "": "", `\Release`: "",
	} {
		if got := label(name); got != want {
			t.Errorf("%q: got %q, want %q", name, got, want)
		}
	}
}
