package api

import (
	"context"
	"encoding/json"
	"io"
	"strings"
)

// EnumerateProjects hands over every visible project as it arrives. An error of each ends the enumeration. A project is
// handed over once, also where the answer broke off and was asked for again.
func (c *Client) EnumerateProjects(ctx context.Context, f ProjectFilter, each func(*Project) error) error {
	in := struct {
		Filter string `json:",omitempty"`
		Rights int    `json:",omitempty"`
	}{f.Filter, f.Rights}
	seen := map[string]bool{}
	k := &call{op: opEnumerateProjects}
	var found finding
	k.consume = func(body io.Reader) (err error) {
		found, err = decodeProjects(body, func(w *wireProject) error {
			if key := string(w.Guid + "\x00" + w.Dn); !seen[key] {
				seen[key] = true
				return each(w.project())
			}
			return nil
		})
		return err
	}
	if err := c.send(ctx, k, in); err != nil {
		return err
	}
	return c.judged(k, found)
}

// decodeProjects reads an answer of EnumerateProjects one project at a time.
func decodeProjects[P any](body io.Reader, each func(*P) error) (finding, error) {
	dec := json.NewDecoder(body)
	var envelope struct{ signEnvelope }
	if err := expect(dec, '{'); err != nil {
		return finding{}, err
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return finding{}, malformedStream(err)
		}
		if err := member(dec, name.(string), &envelope.signEnvelope, each); err != nil {
			return finding{}, err
		}
	}
	if err := expect(dec, '}'); err != nil {
		return finding{}, err
	}
	return envelope.finding(), nil
}

func member[P any](dec *json.Decoder, name string, e *signEnvelope, each func(*P) error) error {
	switch strings.ToLower(name) {
	case "projects":
		return projectList(dec, each)
	case "result":
		return malformedStream(dec.Decode(&e.Result))
	case "success":
		return malformedStream(dec.Decode(&e.Success))
	case "error":
		return malformedStream(dec.Decode(&e.Error))
	}
	return malformedStream(dec.Decode(new(json.RawMessage)))
}

func projectList[P any](dec *json.Decoder, each func(*P) error) error {
	start, err := dec.Token()
	if err != nil || start == nil {
		return malformedStream(err)
	}
	if start != json.Delim('[') {
		return bad("the list of projects is no list")
	}
	for dec.More() {
		var p P
		if err := dec.Decode(&p); err != nil {
			return malformedStream(err)
		}
		if err := each(&p); err != nil {
			return err
		}
	}
	return expect(dec, ']')
}

func expect(dec *json.Decoder, want json.Delim) error {
	got, err := dec.Token()
	if err != nil {
		return malformedStream(err)
	}
	if got != want {
		return bad("the answer is no JSON object")
	}
	return nil
}

// malformedStream tells bad JSON, which comes again, from a broken connection, which may not.
func malformedStream(err error) error {
	switch err.(type) {
	case *json.SyntaxError, *json.UnmarshalTypeError:
		return bad("the answer cannot be read: %s", err)
	}
	return err
}
