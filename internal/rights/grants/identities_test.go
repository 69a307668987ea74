package grants_test

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
)

func named(_ context.Context, trustee string) (*client.Identity, error) {
	return &client.Identity{Name: strings.ToUpper(trustee)}, nil
}

func TestResolve(t *testing.T) {
	trustees := grants.Keys([]signright.Grant{{Key: "b"}, {Key: "c"}}, nil, []signright.Grant{{Key: "a"}, {Key: "b"}})
	if !slices.Equal(trustees, []string{"a", "b", "c"}) {
		t.Fatalf("got %q", trustees)
	}
	found, err := grants.Resolve(t.Context(), server{identity: named}, trustees)
	if err != nil || len(found) != 3 || found["b"].Name != "B" {
		t.Errorf("got %v, %v", found, err)
	}
}

func TestResolve_Concurrently(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		_, err := grants.Resolve(t.Context(),
			server{identity: func(ctx context.Context, _ string) (*client.Identity, error) {
				return &client.Identity{}, slowly(ctx)
			}}, dns(1000))
		if took := time.Since(begin); err != nil || took != 63*latency {
			t.Errorf("took %v, %v", took, err)
		}
	})
}

func TestResolve_ReturnsOthersWithError(t *testing.T) {
	for name, c := range map[string]struct {
		gone                  map[string]client.Reason
		text, notText, advice string
	}{
		"unknown identity": {
			map[string]client.Reason{"b": client.NotFound},
			"1 of the trustees could not be resolved: b",
			"test failure", "deleted from their directory",
		},
		"failed lookup": {
			map[string]client.Reason{"b": client.Refused, "c": client.NotFound},
			"resolved: b, c. Codesign/Made",
			"", "without a name",
		},
	} {
		found, err := grants.Resolve(t.Context(),
			server{identity: func(ctx context.Context, trustee string) (*client.Identity, error) {
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

func TestResolve_LimitsErrorLength(t *testing.T) {
	_, err := grants.Resolve(t.Context(), server{identity: func(context.Context, string) (*client.Identity, error) {
		return nil, failure(client.NotFound)
	}}, dns(100))
	if err == nil || !strings.Contains(err.Error(), "P0019, and 80 more") || strings.Contains(err.Error(), "P0020") {
		t.Errorf("got %v", err)
	}
}

func TestResolve_StopsOnMissingScope(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		found, err := grants.Resolve(t.Context(),
			server{identity: func(ctx context.Context, _ string) (*client.Identity, error) {
				if asked.Add(1) == 1 {
					return nil, failure(client.MissingScope)
				}
				return nil, slowly(ctx)
			}}, dns(5000))
		if n := asked.Load(); n > 1000 || len(found) != 0 || client.ReasonOf(err) != client.MissingScope ||
			!strings.Contains(advice(err), "`configuration`") {
			t.Errorf("%d lookups, found %v, %v, advice %q", n, found, err, advice(err))
		}
	})
}
