package grants_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
)

// server answers each call with a function.
type server struct {
	object   func(ctx context.Context, dn string) ([]signright.Grant, error)
	trustee  func(trustee string) ([]signright.Grant, error)
	identity func(ctx context.Context, trustee string) (*client.Identity, error)
}

func (s server) GetObjectRights(ctx context.Context, dn string) ([]signright.Grant, error) {
	return s.object(ctx, dn)
}

func (s server) GetTrusteeRights(_ context.Context, trustee string) ([]signright.Grant, error) {
	return s.trustee(trustee)
}

func (s server) ValidateUniversal(ctx context.Context, trustee string) (*client.Identity, error) {
	return s.identity(ctx, trustee)
}

func failure(reason client.Reason) error {
	return &client.Error{Operation: "Codesign/Made", Reason: reason, Message: "test failure"}
}

// advice is the next step that a diagnostic shows below the error.
func advice(err error) string {
	if advisor, ok := errors.AsType[interface {
		error
		Advice() string
	}](err); ok {
		return advisor.Advice()
	}
	return ""
}

func TestOfObject(t *testing.T) {
	object := func(_ context.Context, dn string) ([]signright.Grant, error) {
		if dn != `\VED\x` {
			t.Errorf("asked for %q", dn)
		}
		return []signright.Grant{
			{Key: "local:b", Value: 8}, {Key: "local:a", Value: 2}, {Key: "local:b", Value: 64},
		}, nil
	}
	got, err := grants.OfObject(t.Context(), server{object: object}, `\VED\x`)
	want := []signright.Grant{{Key: "local:a", Value: 2}, {Key: "local:b", Value: 72}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestOfTrustee(t *testing.T) {
	got, err := grants.OfTrustee(t.Context(), server{trustee: func(string) ([]signright.Grant, error) {
		return []signright.Grant{{Key: `\VED\b`, Value: 4}, {Key: `\VED\a`, Value: 2}}, nil
	}}, "local:a")
	want := []signright.Grant{{Key: `\VED\a`, Value: 2}, {Key: `\VED\b`, Value: 4}}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestOfObject_NoRights(t *testing.T) {
	got, err := grants.OfObject(t.Context(), server{object: func(context.Context, string) ([]signright.Grant, error) {
		return nil, nil
	}}, "x")
	if err != nil || got == nil || len(got) != 0 {
		t.Errorf("got %#v, %v", got, err)
	}
}

func TestAdvice(t *testing.T) {
	for name, c := range map[string]struct {
		reason          client.Reason
		object, trustee string
	}{
		"missing":       {client.NotFound, "No project, application or collection", "codesign_identity"},
		"forbidden":     {client.Forbidden, "Code Signing Administrator", "application administrator"},
		"missing scope": {client.MissingScope, "`codesign:admin`", "`codesign:admin`"},
		"wrong type":    {client.WrongType, "object of another type", ""},
		"unavailable":   {client.Unavailable, "", ""},
	} {
		cause := failure(c.reason)
		s := server{
			object:  func(context.Context, string) ([]signright.Grant, error) { return nil, cause },
			trustee: func(string) ([]signright.Grant, error) { return nil, cause },
		}
		_, objectErr := grants.OfObject(t.Context(), s, `\VED\x`)
		_, trusteeErr := grants.OfTrustee(t.Context(), s, "local:x")
		for err, want := range map[error]string{objectErr: c.object, trusteeErr: c.trustee} {
			if got := advice(err); !errors.Is(err, cause) || !strings.Contains(got, want) ||
				(want == "") != (got == "") {
				t.Errorf("%s: %v: got advice %q, want %q", name, err, got, want)
			}
		}
	}
}
