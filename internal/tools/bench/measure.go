package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

// usage is what one command cost. CPU time includes all child processes; memory is the peak of
// resident memory of the provider, in bytes, 0 where the system does not show it.
type usage struct {
	wall, cpu time.Duration
	memory    int64
	requests  int
}

func (u usage) String() string {
	memory := float64(u.memory) / megabyte
	return fmt.Sprintf("%.3f s (CPU %.3f s, provider %.1f MB)", u.wall.Seconds(), u.cpu.Seconds(), memory)
}

// measure runs a command that has to end with the exit code, and watches the providers that it starts.
func measure(ctx context.Context, cmd *exec.Cmd, code int) (u usage, err error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	for running := true; running; {
		select {
		case err = <-ended:
			running = false
		case <-time.After(5 * time.Millisecond):
			for _, child := range providersOf(cmd.Process.Pid) {
				u.memory = max(u.memory, resident(child))
			}
		}
	}
	u.wall, u.cpu = time.Since(began), cmd.ProcessState.UserTime()+cmd.ProcessState.SystemTime()
	switch {
	case ctx.Err() != nil:
		return usage{}, ctx.Err()
	case cmd.ProcessState.ExitCode() != code:
		return usage{}, fmt.Errorf("%v: %w\n%s", cmd.Args, err, out.String())
	}
	return u, nil
}

// resident is the peak of a process's resident memory so far (VmHWM of Linux), in bytes.
func resident(pid int) int64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kB, _ := strconv.ParseInt(fields[0], 10, 64)
	return kB << 10
}

// providersOf lists the child processes that run a provider.
func providersOf(pid int) []int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	var found []int
	for _, file := range lists {
		children, _ := os.ReadFile(file)
		for child := range strings.FieldsSeq(string(children)) {
			binary, _ := os.Readlink("/proc/" + child + "/exe")
			number, err := strconv.Atoi(child)
			if err == nil && strings.HasPrefix(filepath.Base(binary), "terraform-provider-") {
				found = append(found, number)
			}
		}
	}
	return found
}

// median is the value in the middle by the time that it took.
func median[V any](values []V, took func(V) time.Duration) V {
	slices.SortFunc(values, func(a, b V) int { return cmp.Compare(took(a), took(b)) })
	return values[len(values)/2]
}

// inTurn measures one after the other, repeatedly, and returns the median run of each.
func (l *lab) inTurn(each ...func() (usage, error)) ([]usage, error) {
	taken := make([][]usage, len(each))
	for range l.repeat {
		for i, one := range each {
			u, err := one()
			if err != nil {
				return nil, err
			}
			taken[i] = append(taken[i], u)
		}
	}
	medians := make([]usage, len(each))
	for i := range each {
		medians[i] = median(taken[i], func(u usage) time.Duration { return u.wall })
	}
	return medians, nil
}

// readRightsInLoop reads the rights on n objects with the fewest requests and the least code that
// can do it.
func readRightsInLoop(ctx context.Context, n int, latency time.Duration, workers int) (usage, error) {
	s, err := startServer(n, latency)
	if err != nil {
		return usage{}, err
	}
	defer s.server.Close()
	began := time.Now()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers, MaxConnsPerHost: workers}}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for i := range n {
		group.Go(func() error { return s.readRights(ctx, client, dnOf(i)) })
	}
	err = group.Wait()
	return usage{wall: time.Since(began)}, err
}

func (s *server) readRights(ctx context.Context, client *http.Client, dn string) error {
	body := strings.NewReader(fmt.Sprintf(`{"Dn":%q}`, dn))
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.url+"/vedsdk/Codesign/GetObjectRights", body)
	if err != nil {
		return err
	}
	req.Header = http.Header{"Authorization": {"Bearer " + s.token}, "Content-Type": {"application/json"}}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	var rights struct {
		RightsList []struct {
			Key   string
			Value int
		}
	}
	err = json.NewDecoder(resp.Body).Decode(&rights)
	if err == nil && len(rights.RightsList) == 0 {
		err = fmt.Errorf("no rights on %s: %s", dn, resp.Status)
	}
	return err
}
