package serve_test

import (
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
	"github.com/codesign-tf/terraform-provider-codesign/internal/serve"
)

// room is how many bytes the heap grows by until it is collected next.
func room() int64 {
	runtime.GC()
	samples := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(samples)
	return int64(samples[0].Value.Uint64()) - int64(samples[1].Value.Uint64())
}

func configure(t *testing.T, server tfprotov6.ProviderServer) {
	t.Helper()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	kind := schemas.Provider.ValueType()
	nothing, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: &nothing}); err != nil {
		t.Fatal(err)
	}
}

//nolint:paralleltest // the collector is one for all
func TestTheCollectorLeavesASmallHeapAloneAndALargeOneDoesNotDouble(t *testing.T) {
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	server := serve.NewServer(provider.New("test")())
	configure(t, server)
	if small := room(); small < 16<<20 || small > 24<<20 {
		t.Errorf("the next collection of a small heap is %d MB later", small>>20)
	}
	used := make([]byte, 64<<20)
	if large := room(); large > 56<<20 {
		t.Errorf("a heap of 64 MB grows by %d MB", large>>20)
	}
	runtime.KeepAlive(used)
	runtime.KeepAlive(server)
}

//nolint:paralleltest // the collector is one for all
func TestTheCollectorIsLeftAsSomebodyWantsIt(t *testing.T) {
	t.Setenv("GOGC", "50")
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	configure(t, serve.NewServer(provider.New("test")()))
	if got := debug.SetGCPercent(50); got != 50 {
		t.Errorf("the percentage is %d", got)
	}
}
