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

// goal is the size in bytes at which the heap is collected next.
func goal() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/goal:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
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
func TestTheCollectorLeavesASmallHeapAloneOnceThereIsWork(t *testing.T) {
	t.Setenv("GOGC", "")
	defer debug.SetGCPercent(debug.SetGCPercent(100))
	runtime.GC()
	before := goal()
	server := serve.NewServer(provider.New("test")())
	configure(t, server)
	runtime.GC()
	if more := int64(goal()) - int64(before); more < 24<<20 || more > 40<<20 {
		t.Errorf("the next collection is %d MB later", more>>20)
	}
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
