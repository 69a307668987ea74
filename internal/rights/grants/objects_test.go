package grants_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
)

const latency = 50 * time.Millisecond

func dns(n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf(`\VED\Code Signing\Projects\P%04d`, i)
	}
	return all
}

// slowly returns after the latency, or when the context ends.
func slowly(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return failure(client.Cancelled)
	case <-time.After(latency):
		return nil
	}
}

func TestOfObjects_ConcurrentlyInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begin := time.Now()
		read, err := grants.OfObjects(t.Context(),
			server{object: func(ctx context.Context, dn string) ([]signright.Grant, error) {
				return []signright.Grant{{Key: dn, Value: 1}}, slowly(ctx)
			}}, dns(1000))
		if err != nil {
			t.Fatal(err)
		}
		if took := time.Since(begin); took != 63*latency {
			t.Errorf("took %v; 1000 reads in groups of 16 take 63 round trips", took)
		}
		for i, dn := range dns(1000) {
			if len(read[i]) != 1 || read[i][0].Key != dn {
				t.Fatalf("%s: got rights %v", dn, read[i])
			}
		}
	})
}

func TestOfObjects_ListsFailures(t *testing.T) {
	sevens := func(_ context.Context, dn string) ([]signright.Grant, error) {
		if strings.HasSuffix(dn, "7") {
			return nil, failure(client.NotFound)
		}
		return nil, nil
	}
	_, err := grants.OfObjects(t.Context(), server{object: sevens}, dns(300))
	if err == nil {
		t.Fatal("got no error, want one")
	}
	for _, want := range []string{"30 of 300", "P0007: Codesign/Made", "P0197", "and 10 more"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
	if strings.Contains(err.Error(), "P0207") ||
		!strings.Contains(advice(err), "No project, application or collection") {
		t.Errorf("got %v, advice %q", err, advice(err))
	}
}

func TestOfObjects_StopsOnMissingScope(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var asked atomic.Int64
		_, err := grants.OfObjects(t.Context(),
			server{object: func(ctx context.Context, dn string) ([]signright.Grant, error) {
				if asked.Add(1) == 3 {
					return nil, failure(client.MissingScope)
				}
				return nil, slowly(ctx)
			}}, dns(5000))
		if err == nil || client.ReasonOf(err) != client.MissingScope ||
			!strings.Contains(advice(err), "codesign:admin") {
			t.Errorf("got %v", err)
		}
		if n := asked.Load(); n > 1000 || strings.Contains(err.Error(), "\n  - and") {
			t.Errorf("%d reads for %v", n, err)
		}
	})
}

func TestOfObjects_Cancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := grants.OfObjects(ctx, server{}, dns(3))
	if !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "0 of 3") {
		t.Errorf("got %v", err)
	}
}
