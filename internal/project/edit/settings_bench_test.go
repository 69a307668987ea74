package edit_test

import (
	"fmt"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
)

// BenchmarkSettingsOf reads the settings of a project with a hundred trustees. An editor does that
// before and after each update.
func BenchmarkSettingsOf(b *testing.B) {
	p := &client.Project{Description: "Signs what the team releases."}
	for i := range 100 {
		p.KeyUsers = append(p.KeyUsers, fmt.Sprintf("local:{aaaaaaaa-0000-1111-2222-%012d}", i))
	}
	b.ReportAllocs()
	for b.Loop() {
		if n := len(edit.SettingsOf(p).KeyUsers); n != 100 {
			b.Fatal(n)
		}
	}
}
