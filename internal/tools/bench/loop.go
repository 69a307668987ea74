package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"

	"golang.org/x/sync/errgroup"
)

// What a loop can do.
const (
	loopEnumerate = "enumerate" // one list of all projects
	loopRights    = "rights"    // the rights on each, so many at a time
	loopMatrix    = "matrix"    // the same with as many workers as the provider may ask at once
	loopChange    = "change"    // look, write, look, for each project
	loopDecide    = "decide"    // look, write, look, for each ticket
)

// loopVariable makes this program a loop. A loop is a process of its own, so that
// its memory and its CPU time can be told from the server's.
const loopVariable = "BENCH_LOOP"

func isLoop() bool { return os.Getenv(loopVariable) != "" }

// loop is what the process is told on its standard input.
type loop struct {
	Kind, URL, Token string
	N, Workers       int
}

func (l loop) command(ctx context.Context) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	input, err := json.Marshal(l)
	if err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, self)
	cmd.Env, cmd.Stdin = append(os.Environ(), loopVariable+"=1"), bytes.NewReader(input)
	return cmd, nil
}

func runLoop(ctx context.Context, in io.Reader) error {
	var l loop
	if err := json.NewDecoder(in).Decode(&l); err != nil {
		return err
	}
	transport := &http.Transport{MaxIdleConnsPerHost: l.Workers, MaxConnsPerHost: l.Workers}
	c := client{&http.Client{Transport: transport}, l}
	if l.Kind == loopEnumerate {
		return c.enumerate(ctx)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(l.Workers)
	for i := range l.N {
		group.Go(func() error { return c.object(ctx, i) })
	}
	return group.Wait()
}

type client struct {
	http *http.Client
	loop
}

type fields map[string]any

func (c client) object(ctx context.Context, i int) error {
	switch c.Kind {
	case loopChange:
		guid := fields{"Guid": "{" + guidOf(i) + "}"}
		return errors.Join(
			c.call(ctx, "Codesign/GetProject", guid, &shown{}),
			c.call(ctx, "Codesign/UpdateProjectStatus", fields{"Guid": guid["Guid"], "ProjectStatus": 0}, &shown{}),
			c.call(ctx, "Codesign/GetProject", guid, &shown{}))
	case loopDecide:
		guid := fields{"GUID": guidOf(i)}
		return errors.Join(
			c.call(ctx, "Workflow/Ticket/Details", guid, &fields{}),
			c.call(ctx, "Workflow/Ticket/UpdateStatus", fields{"GUID": guidOf(i), "Status": "Approved"}, &fields{}),
			c.call(ctx, "Workflow/Ticket/Details", guid, &fields{}))
	default:
		var rights struct {
			Result     int
			RightsList []struct {
				Key   string
				Value int
			}
		}
		err := c.call(ctx, "Codesign/GetObjectRights", fields{"Dn": dnOf(i)}, &rights)
		if err == nil && (rights.Result != 1 || len(rights.RightsList) == 0) {
			err = fmt.Errorf("no rights on %s: result %d", dnOf(i), rights.Result)
		}
		return err
	}
}

// shown is what is read of a project.
type shown struct {
	Result  int
	Project struct {
		DN, GUID string
		ID       int64
		Status   int
	}
}

func (c client) enumerate(ctx context.Context) error {
	var list struct {
		Result   int
		Projects []struct {
			DN, GUID string
			ID       int64
			Status   int
		}
	}
	err := c.call(ctx, "Codesign/EnumerateProjects", fields{}, &list)
	if err == nil && len(list.Projects) != c.N {
		err = fmt.Errorf("%d projects, want %d", len(list.Projects), c.N)
	}
	return err
}

func (c client) call(ctx context.Context, operation string, in fields, out any) error {
	body, err := json.Marshal(in)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL+"/vedsdk/"+operation, bytes.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Authorization", "Bearer "+c.Token)
	req.Header.Set("Content-Type", "application/json")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", operation, resp.Status)
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		return err
	}
	return json.Unmarshal(answer, out)
}
