package grants_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	. "github.com/codesign-tf/terraform-provider-codesign/internal/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
)

// server answers each call by a function, as the API client would.
type server struct {
	object   func(ctx context.Context, dn string) ([]api.Grant, error)
	trustee  func(trustee string) ([]api.ObjectGrant, error)
	identity func(ctx context.Context, trustee string) (*api.Identity, error)
}

func (s server) GetObjectRights(ctx context.Context, dn string) ([]api.Grant, error) {
	return s.object(ctx, dn)
}

func (s server) GetTrusteeRights(_ context.Context, trustee string) ([]api.ObjectGrant, error) {
	return s.trustee(trustee)
}

func (s server) ValidateUniversal(ctx context.Context, trustee string) (*api.Identity, error) {
	return s.identity(ctx, trustee)
}

func failure(reason api.Reason) error {
	return &api.Error{Operation: "Codesign/Made", Reason: reason, Message: "made up"}
}

// advice is what tfkit would show below the error.
func advice(err error) string {
	if advisor, ok := errors.AsType[interface {
		error
		Advice() string
	}](err); ok {
		return advisor.Advice()
	}
	return ""
}

func TestRightsAreSortedAndOneGrantForEachTrustee(t *testing.T) {
	got, err := OfObject(t.Context(), server{object: func(_ context.Context, dn string) ([]api.Grant, error) {
		if dn != `\VED\x` {
			t.Errorf("asked for %q", dn)
		}
		return []api.Grant{{Trustee: "local:b", Value: 8}, {Trustee: "local:a", Value: 2}, {Trustee: "local:b", Value: 64}}, nil
	}}, `\VED\x`)
	want := []rights.Grant{{Key: "local:a", Value: 2}, {Key: "local:b", Value: 72}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestTheRightsOfATrusteeAreSortedByDn(t *testing.T) {
	got, err := OfTrustee(t.Context(), server{trustee: func(string) ([]api.ObjectGrant, error) {
		return []api.ObjectGrant{{Dn: `\VED\b`, Value: 4}, {Dn: `\VED\a`, Value: 2}}, nil
	}}, "local:a")
	want := []rights.Grant{{Key: `\VED\a`, Value: 2}, {Key: `\VED\b`, Value: 4}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestNoRightsAreAnEmptyList(t *testing.T) {
	got, err := OfObject(t.Context(), server{object: func(context.Context, string) ([]api.Grant, error) { return nil, nil }}, "x")
	if err != nil || got == nil || len(got) != 0 {
		t.Errorf("got %#v, %v", got, err)
	}
}

func TestAFailureSaysWhatToDo(t *testing.T) {
	for name, c := range map[string]struct {
		reason          api.Reason
		object, trustee string
	}{
		"gone":          {api.NotFound, "No project, application or collection", "codesign_identity"},
		"no right":      {api.Forbidden, "Code Signing Administrator", "application administrator"},
		"no scope":      {api.MissingScope, "`codesign:admin`", "`codesign:admin`"},
		"wrong type":    {api.WrongType, "this DN is something else", ""},
		"not available": {api.Unavailable, "", ""},
	} {
		cause := failure(c.reason)
		s := server{
			object:  func(context.Context, string) ([]api.Grant, error) { return nil, cause },
			trustee: func(string) ([]api.ObjectGrant, error) { return nil, cause },
		}
		_, objectErr := OfObject(t.Context(), s, `\VED\x`)
		_, trusteeErr := OfTrustee(t.Context(), s, "local:x")
		for err, want := range map[error]string{objectErr: c.object, trusteeErr: c.trustee} {
			if got := advice(err); !errors.Is(err, cause) || !strings.Contains(got, want) || (want == "") != (got == "") {
				t.Errorf("%s: %v advises %q, want %q", name, err, got, want)
			}
		}
	}
}
