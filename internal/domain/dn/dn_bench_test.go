package dn_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

const (
	usual = `\VED\Code Signing\Projects\Firmware of the Gateway`
	guid  = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
)

func BenchmarkValidate(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := dn.Validate(usual); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEqual(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if !dn.Equal(usual, `\ved\code signing\projects\firmware of the gateway`) {
			b.Fatal("one DN in two spellings is two")
		}
	}
}

func BenchmarkValidateGUID(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if err := dn.ValidateGUID(guid); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEqualGUID(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if !dn.EqualGUID(guid, "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0") {
			b.Fatal("one GUID in two spellings is two")
		}
	}
}
