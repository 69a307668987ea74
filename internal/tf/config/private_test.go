package config_test

import (
	"context"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

type private map[string][]byte

func (p private) GetKey(_ context.Context, key string) ([]byte, diag.Diagnostics) { return p[key], nil }

func (p private) SetKey(_ context.Context, key string, value []byte) diag.Diagnostics {
	p[key] = value
	return nil
}

func TestPrivateKey(t *testing.T) {
	const key = config.PrivateKey[int]("n")
	var diagnostics diag.Diagnostics
	state := private{}
	check := func(want int, wantFound bool) {
		t.Helper()
		if n, found := key.Get(t.Context(), state, &diagnostics); n != want || found != wantFound ||
			len(diagnostics) > 0 {
			t.Errorf("got %d %t %v, want %d %t", n, found, diagnostics, want, wantFound)
		}
	}
	check(0, false)
	key.Set(t.Context(), state, 7, &diagnostics)
	check(7, true)
	state["n"] = []byte(`"seven"`)
	check(0, false)
	key.Set(t.Context(), state, 7, &diagnostics)
	key.Clear(t.Context(), state, &diagnostics)
	check(0, false)
}
