package protocol_test

import (
	"context"
	"errors"
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

// keepsContext reports whether a server refers to the context of a call after its end.
func keepsContext(t *testing.T, server tfprotov6.ProviderServer) bool {
	t.Helper()
	value := new([1 << 10]byte)
	left := weak.Make(value)
	ctx, cancel := context.WithCancel(context.WithValue(t.Context(), key{}, value))
	request := &tfprotov6.UpgradeResourceStateRequest{TypeName: "codesign_project_status"}
	if _, err := server.UpgradeResourceState(ctx, request); err != nil {
		t.Fatal(err)
	}
	cancel()
	runtime.GC()
	runtime.KeepAlive(server)
	return left.Value() != nil
}

func TestCallContext_IsReleasedAfterTheCall(t *testing.T) {
	t.Parallel()
	if keepsContext(t, protocol.NewServer(provider.New("test")())) {
		t.Error("the server keeps the context of a call")
	}
}

// If this fails, the framework releases contexts, and call_context.go can be removed.
func TestCallContext_FrameworkKeepsContexts(t *testing.T) {
	t.Parallel()
	if !keepsContext(t, providerserver.NewProtocol6(provider.New("test")())()) {
		t.Error("the framework releases the context of a call")
	}
}

func TestCallContext_DerivedContextEndsWithTheCaller(t *testing.T) {
	t.Parallel()
	cause := errors.New("enough")
	ctx, cancel := context.WithCancelCause(context.WithValue(t.Context(), key{}, 7))
	ctx, stop := context.WithTimeout(ctx, time.Hour)
	defer stop()
	_, err := protocol.WithCallContext(ctx, "request", func(call context.Context, req string) (string, error) {
		derived, stop := context.WithCancel(call)
		defer stop()
		deadline, limited := derived.Deadline()
		if want, _ := ctx.Deadline(); !limited || !deadline.Equal(want) {
			t.Errorf("the deadline is %s, want %s", deadline, want)
		}
		if req != "request" || derived.Value(key{}) != 7 || derived.Err() != nil {
			t.Error(req, derived.Value(key{}), derived.Err())
		}
		cancel(cause)
		<-derived.Done()
		if !errors.Is(call.Err(), context.Canceled) || !errors.Is(context.Cause(derived), cause) {
			t.Error(call.Err(), context.Cause(derived))
		}
		return "", cause
	})
	if !errors.Is(err, cause) {
		t.Error(err)
	}
}

func TestCallContext_IsEmptyAfterTheCall(t *testing.T) {
	t.Parallel()
	ctx := context.WithValue(t.Context(), key{}, 7)
	var detached context.Context
	if _, err := protocol.WithCallContext(ctx, 0, func(call context.Context, _ int) (int, error) {
		detached = context.WithoutCancel(call) //nolint:fatcontext // the test uses it after the call
		return 0, nil
	}); err != nil {
		t.Fatal(err)
	}
	if detached.Value(key{}) != nil || detached.Err() != nil {
		t.Error(detached.Value(key{}), detached.Err())
	}
}
