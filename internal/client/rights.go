package client

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

func (c *Client) rights(ctx context.Context, op operation, in any) ([]signright.Grant, error) {
	var out rightsAnswer
	r, err := c.ask(ctx, op, in, &out)
	if err != nil {
		return nil, err
	}
	if err := out.RightsList.check(); err != nil {
		return nil, c.malformed(r, err)
	}
	return out.RightsList.merged(), nil
}

// GetObjectRights lists the rights on a project, an application or a collection, in the server's
// order. Concurrent callers with the same DN share one request.
func (c *Client) GetObjectRights(ctx context.Context, dn string) ([]signright.Grant, error) {
	list, err := c.rightsOf.Do(ctx, dn, func(ctx context.Context) ([]signright.Grant, error) {
		return c.rights(ctx, opGetObjectRights, ByDN(dn))
	})
	return slices.Clone(list), asError(opGetObjectRights, err)
}

// GetTrusteeRights lists the objects on which a trustee (prefixed universal) has rights.
func (c *Client) GetTrusteeRights(ctx context.Context, trustee string) ([]signright.Grant, error) {
	return c.rights(ctx, opGetTrusteeRights, struct{ Trustee string }{trustee})
}

// GetRight returns the caller's own sum of SignRight bits on an object.
func (c *Client) GetRight(ctx context.Context, dn string) (int64, error) {
	var out struct {
		signEnvelope
		Rights flexInt
	}
	r, err := c.ask(ctx, opGetRight, ByDN(dn), &out)
	if err != nil {
		return 0, err
	}
	if !out.Rights.set {
		return 0, r.empty("no Rights in the answer")
	}
	return out.Rights.n, nil
}

// rightsList accepts an array of pairs in any case, a map, and either of them in {"Items": …}. Rows
// with one key are merged, and so are repeated lists, so that no right gets lost. It is nil if
// there is no list.
type rightsList []rightsRow

type rightsRow struct {
	Key   trustee
	Value flexInt
}

func (l *rightsList) UnmarshalJSON(data []byte) error {
	switch data[0] {
	case '[':
		rows := []rightsRow{}
		err := json.Unmarshal(data, &rows)
		*l = append(l.orEmpty(), rows...)
		return err
	case '{':
		return l.fromMap(data)
	case 'n':
		return nil
	}
	return badAnswer("the rights list is neither a list nor a map")
}

// fromMap reads trustees with their values, or the list itself: no trustee is called Items, because
// all have a prefix.
func (l *rightsList) fromMap(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	if err := expect(dec, '{'); err != nil {
		return err
	}
	if !dec.More() {
		*l = l.orEmpty()
	}
	return members(dec, func(name string) error {
		if strings.EqualFold(name, "Items") {
			return dec.Decode(l)
		}
		row := rightsRow{Key: trustee(name)}
		err := dec.Decode(&row.Value)
		*l = append(*l, row)
		return err
	})
}

// orEmpty returns an empty list instead of nil.
func (l *rightsList) orEmpty() rightsList {
	if *l == nil {
		return rightsList{}
	}
	return *l
}

// check rejects a list that would hide rights.
func (l *rightsList) check() error {
	for _, row := range *l {
		if row.Key == "" || !row.Value.set {
			return badAnswer("a row of the rights list has no key or no number")
		}
	}
	return nil
}

func (l *rightsList) merged() []signright.Grant {
	at := make(map[trustee]int, len(*l))
	out := make([]signright.Grant, 0, len(*l))
	for _, row := range *l {
		if i, there := at[row.Key]; there {
			out[i].Value |= row.Value.n
			continue
		}
		at[row.Key] = len(out)
		out = append(out, signright.Grant{Key: string(row.Key), Value: row.Value.n})
	}
	return out
}

// rightsAnswer: the documentation calls the list Rightslist and RightsList; decoding ignores case.
type rightsAnswer struct {
	signEnvelope
	RightsList rightsList
}

// bodyResult accepts a list with rows. No rights are an empty list with a result, or no list with
// Success.
func (a *rightsAnswer) bodyResult() bodyResult {
	return a.resultOfList(a.RightsList != nil, len(a.RightsList), "no rights list in the answer")
}
