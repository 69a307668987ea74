package auth

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// childWorker uses the shared token round after round, each with a source of its own, as a following run would.
func childWorker() int {
	rounds, _ := strconv.Atoi(os.Getenv("ROUNDS"))
	transport := &http.Transport{}
	for range rounds {
		if err := workerRound(transport); err != nil {
			fmt.Println(asShown(err))
			return 3
		}
	}
	return 0
}

func workerRound(transport http.RoundTripper) error {
	c, problems := Resolve(Settings{}, SettingsFromEnvironment(os.LookupEnv))
	if len(problems) > 0 {
		return problems[0]
	}
	s := NewSource(c, transport, client.Options{UserAgent: os.Getenv("AGENT")})
	for {
		token, err := s.Token(context.Background())
		switch {
		case err != nil && strings.Contains(err.Error(), "the server rejected the access token"):
			return nil
		case err != nil:
			return err
		}
		req, _ := http.NewRequest(http.MethodGet, c.BaseURL+"/use", http.NoBody)
		req.Header.Set("Authorization", "Bearer "+token.Value)
		resp, err := transport.RoundTrip(req)
		if err != nil {
			return err
		}
		_ = resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			return nil
		}
		_ = s.Reject(context.Background(), token)
	}
}

// fleet runs workers on one refresh token file.
type fleet struct {
	t      *testing.T
	server *singleUseServer
	url    string
	path   string

	mu     sync.Mutex
	killed []string // names of those killed
	losses int
	serial int
}

// run starts one worker and waits for its end. life is after how long it is killed; 0: not at all.
func (f *fleet) run(rounds int, life time.Duration) {
	f.mu.Lock()
	f.serial++
	name := fmt.Sprintf("worker-%d", f.serial)
	f.mu.Unlock()
	var out strings.Builder
	cmd := child(f.t, "worker", "VENAFI_URL="+f.url, "VENAFI_REFRESH_TOKEN_FILE="+f.path, "AGENT="+name,
		"ROUNDS="+strconv.Itoa(rounds))
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		f.t.Error(err)
		return
	}
	if life > 0 {
		f.mu.Lock()
		f.killed = append(f.killed, name)
		f.mu.Unlock()
		defer time.AfterFunc(life, func() { _ = cmd.Process.Kill() }).Stop()
	}
	if _ = cmd.Wait(); out.Len() > 0 {
		f.lost(out.String())
	}
}

// lost does what the message says: a person obtains a new refresh token and writes it to the file. Of several workers
// that report one loss the first does it.
func (f *fleet) lost(message string) {
	if !strings.Contains(message, "A run began to exchange this refresh token at") ||
		!strings.Contains(message, "has probably been used") {
		f.t.Errorf("an error that does not explain the loss: %s", message)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if doc, err := openTokenFile(f.path); err != nil {
		f.t.Error(err)
	} else if string(doc.RefreshToken) == f.server.current() {
		return
	}
	f.losses++
	fresh := f.path + ".by-hand"
	writeFile(f.t, fresh, f.server.issue())
	if err := os.Rename(fresh, f.path); err != nil {
		f.t.Error(err)
	}
}

func TestTokenFileGrant_KilledProcesses(t *testing.T) {
	for name, kills := range map[string]int{"none killed": 0, "killed all the time": 12} {
		t.Run(name, func(t *testing.T) {
			f := newFleet(t)
			var lanes sync.WaitGroup
			for range 4 {
				lanes.Go(func() {
					for range kills {
						f.run(1_000_000, time.Duration(20+rand.IntN(120))*time.Millisecond)
					}
					f.run(40, 0)
				})
			}
			lanes.Wait()
			f.check()
		})
	}
}

func newFleet(t *testing.T) *fleet {
	t.Helper()
	f := &fleet{t: t, server: newSingleUseServer()}
	listening := httptest.NewServer(f.server)
	t.Cleanup(listening.Close)
	f.url, f.path = listening.URL, secretFile(t, f.server.issue())
	return f
}

// check reads the result: a token is lost only where the one who used it up was killed over it, and the file works.
func (f *fleet) check() {
	f.t.Helper()
	for _, consumer := range f.server.refused {
		if !slices.Contains(f.killed, consumer) {
			f.t.Errorf("a refresh token was presented again after %q, who was not killed, had used it", consumer)
		}
	}
	f.run(20, 0)
	if doc := stored(f.t, f.path); !doc.ExchangeBegun.IsZero() || string(doc.RefreshToken) != f.server.refresh {
		f.t.Errorf("the file holds %s at the end, the server %s", doc.RefreshToken, f.server.refresh)
	}
	if info, err := os.Stat(f.path); err != nil || info.Mode().Perm() != 0o600 {
		f.t.Errorf("mode is %v (%v)", info.Mode(), err)
	}
	f.t.Logf("%d processes, %d killed, %d exchanges, %d calls accepted, %d tokens lost over a kill", f.serial,
		len(f.killed), len(f.server.consumer), f.server.accepted, f.losses)
}
