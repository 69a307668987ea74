package client

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// EnumerateProjects calls each for every visible project as it arrives. An error of each ends the
// enumeration and is returned unchanged. Each project is passed once, also if the request is
// repeated. The time of each counts towards the time limit, and each must not use the client.
func (c *Client) EnumerateProjects(ctx context.Context, f ProjectFilter, each func(*Project) error) error {
	seen := map[string]bool{}
	var late []*wireProject // status unknown: a read within the callback would need a second place in the limiter
	var stopped error
	err := c.enumerate(ctx, call{op: opEnumerateProjects}, f, func(w *wireProject) error {
		key := fmt.Sprintf("%s\x00%s\x00%d", w.GUID, w.DN, w.ID.n)
		switch {
		case w.DN == "":
			return badAnswer("a project in the list has no Dn")
		case seen[key]:
			return nil
		case !w.Status.set:
			late = append(late, w)
		default:
			if stopped = each(w.project()); stopped != nil {
				return badAnswer("the caller ended the enumeration") // permanent: it is not sent again
			}
		}
		seen[key] = true
		return nil
	})
	if stopped != nil {
		return stopped
	}
	for _, w := range late {
		if err == nil {
			err = c.readMissingStatus(ctx, w)
		}
		if err == nil {
			err = each(w.project())
		}
	}
	return err
}

// enumerate streams the projects of one answer to each. Another attempt begins with the first
// project.
func (c *Client) enumerate(ctx context.Context, k call, in ProjectFilter, each func(*wireProject) error) error {
	var found bodyResult
	k.consume = func(body io.Reader) (err error) {
		found, err = decodeProjects(body, each)
		return err
	}
	r, err := c.send(ctx, k, in)
	if err != nil {
		return err
	}
	return c.checkResult(r, found)
}

// decodeProjects reads an answer of EnumerateProjects one project at a time.
func decodeProjects(body io.Reader, each func(*wireProject) error) (bodyResult, error) {
	dec := json.NewDecoder(body)
	var envelope signEnvelope
	listed, rows := false, 0
	if err := expect(dec, '{'); errors.Is(err, transport.ErrCutOff) {
		return bodyResult{}, errEmpty
	} else if err != nil {
		return bodyResult{}, err
	}
	err := members(dec, func(name string) error {
		switch strings.ToLower(name) {
		case "projects":
			there, err := projectList(dec, func(p *wireProject) error { rows++; return each(p) })
			listed = listed || there
			return err
		case "result":
			return dec.Decode(&envelope.Result)
		case "success":
			return dec.Decode(&envelope.Success)
		case "error":
			return dec.Decode(&envelope.Error)
		}
		return dec.Decode(&ignoredValue{})
	})
	if err != nil {
		return bodyResult{}, err
	}
	if _, err := dec.Token(); err != io.EOF {
		return bodyResult{}, errTrailing
	}
	return envelope.resultOfList(listed, rows, "no list of projects in the answer"), nil
}

// projectList accepts […], {"Items": […]}, {} and null, and reports whether there was a list.
func projectList(dec *json.Decoder, each func(*wireProject) error) (there bool, err error) {
	start, err := dec.Token()
	switch {
	case err != nil:
		return false, unreadable(err)
	case start == nil:
		return false, nil
	case start == json.Delim('{'):
		there = !dec.More()
		err = members(dec, func(name string) error {
			if !strings.EqualFold(name, "Items") {
				return dec.Decode(&ignoredValue{})
			}
			found, err := projectList(dec, each)
			there = there || found
			return err
		})
		return there, err
	case start != json.Delim('['):
		return false, badAnswer("the list of projects is not a list")
	}
	for dec.More() {
		var p wireProject
		if err := dec.Decode(&p); err != nil {
			return true, unreadable(err)
		}
		if err := each(&p); err != nil {
			return true, err
		}
	}
	return true, expect(dec, ']')
}

// members calls each for every member of an object after its brace; each must read the value.
func members(dec *json.Decoder, each func(name string) error) error {
	for dec.More() {
		name, err := dec.Token()
		if err == nil {
			err = each(name.(string))
		}
		if err != nil {
			return unreadable(err)
		}
	}
	return expect(dec, '}')
}

func expect(dec *json.Decoder, want json.Delim) error {
	got, err := dec.Token()
	if err != nil {
		return unreadable(err)
	}
	if got != want {
		return badAnswer("the answer is not a JSON object")
	}
	return nil
}

// ignoredValue skips a value.
type ignoredValue struct{}

func (*ignoredValue) UnmarshalJSON([]byte) error { return nil }
