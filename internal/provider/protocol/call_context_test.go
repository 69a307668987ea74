package protocol_test

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"testing"
	"time"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/provider/protocol"
)

type key struct{}

// contextAfterCall tells whether anybody still holds the context of a call that
// is over.
func contextAfterCall(t *testing.T, server tfprotov6.ProviderServer) (held bool) {
	t.Helper()
	luggage := new([1 << 10]byte)
	left := weak.Make(luggage)
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, luggage))
	if _, err := server.UpgradeResourceState(ctx, &tfprotov6.UpgradeResourceStateRequest{TypeName: "codesign_project_status"}); err != nil {
		t.Fatal(err)
	}
	cancel()
	runtime.GC()
	runtime.KeepAlive(server)
	return left.Value() != nil
}

func TestTheContextOfACallEndsWithIt(t *testing.T) {
	t.Parallel()
	if contextAfterCall(t, protocol.NewServer(provider.New("test")())) {
		t.Error("the server holds the context of a call that is over")
	}
}

// Once this fails, the framework has learned to let go, and this package can.
func TestTheFrameworkAloneHoldsTheContextOfEachCall(t *testing.T) {
	t.Parallel()
	if !contextAfterCall(t, providerserver.NewProtocol6(provider.New("test")())()) {
		t.Error("the framework lets go of contexts by itself now")
	}
}

func TestTheServerCanDoWhatTheFrameworksCan(t *testing.T) {
	t.Parallel()
	server := protocol.NewServer(provider.New("test")())
	for name, can := range map[string]bool{
		"lists":   is[tfprotov6.ProviderServerWithListResource](server), //nolint:staticcheck // what a CLI asks for until the methods have moved
		"actions": is[tfprotov6.ProviderServerWithActions](server),      //nolint:staticcheck // likewise
	} {
		if !can {
			t.Errorf("no %s", name)
		}
	}
}

// If this fails, a newer framework has methods that the embedded interface of server.go hides.
func TestServer_HasEveryMethodOfTheFramework(t *testing.T) {
	t.Parallel()
	p := provider.New("test")()
	ours, theirs := reflect.TypeOf(protocol.NewServer(p)), reflect.TypeOf(providerserver.NewProtocol6(p)())
	for i := range theirs.NumMethod() {
		name := theirs.Method(i).Name
		if _, ok := ours.MethodByName(name); !ok {
			t.Errorf("the framework's server has %s, ours does not", name)
		}
	}
}

func is[T any](v any) bool { _, ok := v.(T); return ok }

func TestAContextMadeFromALentOneEndsWithTheCallers(t *testing.T) {
	t.Parallel()
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.WithValue(t.Context(), key{}, 7))
	ctx, stop := context.WithTimeout(ctx, time.Hour)
	defer stop()
	_, err := protocol.Lend(ctx, "request", func(lent context.Context, req string) (string, error) {
		inner, stop := context.WithCancel(lent)
		defer stop()
		deadline, limited := inner.Deadline()
		if want, _ := ctx.Deadline(); !limited || !deadline.Equal(want) {
			t.Error("the deadline is", deadline)
		}
		if req != "request" || inner.Value(key{}) != 7 || inner.Err() != nil {
			t.Error(req, inner.Value(key{}), inner.Err())
		}
		cancel(cause)
		<-inner.Done()
		if !errors.Is(lent.Err(), context.Canceled) || !errors.Is(context.Cause(inner), cause) {
			t.Error(lent.Err(), context.Cause(inner))
		}
		return "", cause
	})
	if !errors.Is(err, cause) {
		t.Error(err)
	}
}

func TestWhatOutlivesTheCallHasAnEmptyContext(t *testing.T) {
	t.Parallel()
	ctx := context.WithValue(t.Context(), key{}, 7)
	var detached context.Context
	if _, err := protocol.Lend(ctx, 0, func(lent context.Context, _ int) (int, error) {
		detached = context.WithoutCancel(lent) //nolint:fatcontext // keeping it is what the test is about
		return 0, nil
	}); err != nil {
		t.Fatal(err)
	}
	if detached.Value(key{}) != nil || detached.Err() != nil {
		t.Error(detached.Value(key{}), detached.Err())
	}
}
