package grants_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	. "github.com/codesign-tf/terraform-provider-codesign/internal/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
)

func named(_ context.Context, trustee string) (*api.Identity, error) {
	return &api.Identity{Name: strings.ToUpper(trustee)}, nil
}

func TestEveryTrusteeIsResolvedOnce(t *testing.T) {
	trustees := Trustees([]rights.Grant{{Key: "b"}, {Key: "c"}}, nil, []rights.Grant{{Key: "a"}, {Key: "b"}})
	if !slices.Equal(trustees, []string{"a", "b", "c"}) {
		t.Fatalf("got %q", trustees)
	}
	found, err := Resolve(t.Context(), server{identity: named}, trustees)
	if err != nil || len(found) != 3 || found["b"].Name != "B" {
		t.Errorf("got %v, %v", found, err)
	}
}

func TestIdentitiesAreResolvedSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		_, err := Resolve(t.Context(), server{identity: func(ctx context.Context, _ string) (*api.Identity, error) {
			return &api.Identity{}, slowly(ctx)
		}}, dns(1000))
		if took := time.Since(begin); err != nil || took > 4*latency {
			t.Errorf("took %v, %v", took, err)
		}
	})
}

func TestWhoCannotBeResolvedIsNamedAndTheOthersStay(t *testing.T) {
	for name, c := range map[string]struct {
		gone                  map[string]api.Reason
		text, notText, advice string
	}{
		"one that is unknown":  {map[string]api.Reason{"b": api.NotFound}, "1 of the trustees could not be resolved: b", "made up", "gone from their directory"},
		"one that is an error": {map[string]api.Reason{"b": api.Refused, "c": api.NotFound}, "resolved: b, c. Codesign/Made", "", "without a name"},
	} {
		found, err := Resolve(t.Context(), server{identity: func(ctx context.Context, trustee string) (*api.Identity, error) {
			if reason, gone := c.gone[trustee]; gone {
				return nil, failure(reason)
			}
			return named(ctx, trustee)
		}}, []string{"a", "b", "c", "d"})
		if len(found) != 4-len(c.gone) || found["d"].Name != "D" {
			t.Errorf("%s: found %v", name, found)
		}
		if err == nil || !strings.Contains(err.Error(), c.text) || !strings.Contains(advice(err), c.advice) ||
			c.notText != "" && strings.Contains(err.Error(), c.notText) {
			t.Errorf("%s: got %v, advice %q", name, err, advice(err))
		}
	}
}

func TestManyUnresolvedAreCutToAReadableNumber(t *testing.T) {
	_, err := Resolve(t.Context(), server{identity: func(context.Context, string) (*api.Identity, error) {
		return nil, failure(api.NotFound)
	}}, dns(100))
	if err == nil || !strings.Contains(err.Error(), "P0019 and 80 more") || strings.Contains(err.Error(), "P0020") {
		t.Errorf("got %v", err)
	}
}

func TestAMissingScopeIsAskedForOnceAndNamed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		found, err := Resolve(t.Context(), server{identity: func(ctx context.Context, _ string) (*api.Identity, error) {
			if asked.Add(1) == 1 {
				return nil, failure(api.MissingScope)
			}
			return nil, slowly(ctx)
		}}, dns(5000))
		if n := asked.Load(); n > 1000 || len(found) != 0 || api.ReasonOf(err) != api.MissingScope || !strings.Contains(advice(err), "`configuration`") {
			t.Errorf("%d lookups, found %v, %v, advice %q", n, found, err, advice(err))
		}
	})
}
