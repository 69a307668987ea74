package settings_test

import (
	"fmt"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// hundredMembers are the changes of a hundred members of one role, which one update makes.
func hundredMembers() []settings.Change {
	var changes []settings.Change
	for i := range 100 {
		member := fmt.Sprintf("local:{aaaaaaaa-0000-1111-2222-%012d}", i)
		changes = append(changes, settings.Change{
			Lists: map[settings.Field]settings.ListChange{settings.KeyUsers: add(member)},
		})
	}
	return changes
}

// large are the settings of a project with a hundred and fifty trustees.
func large() settings.Settings {
	s := settings.Settings{Description: "Signs what the team releases."}
	for i := range 100 {
		s.KeyUsers = append(s.KeyUsers, fmt.Sprintf("AD+CORP:%032d", i+50))
	}
	for i := range 50 {
		s.Owners = append(s.Owners, fmt.Sprintf("local:{bbbbbbbb-0000-1111-2222-%012d}", i))
	}
	return s
}

func BenchmarkMerge(b *testing.B) {
	changes := hundredMembers()
	b.ReportAllocs()
	for b.Loop() {
		merged, err := settings.Merge(changes...)
		if err != nil || len(merged.Role(settings.Use).Add) != len(changes) {
			b.Fatal(merged, err)
		}
	}
}

func BenchmarkApply(b *testing.B) {
	change, err := settings.Merge(hundredMembers()...)
	if err != nil {
		b.Fatal(err)
	}
	before := large()
	b.ReportAllocs()
	for b.Loop() {
		if n := len(change.Apply(before).KeyUsers); n != 200 {
			b.Fatal(n)
		}
	}
}

func BenchmarkDigest(b *testing.B) {
	change, err := settings.Merge(hundredMembers()...)
	if err != nil {
		b.Fatal(err)
	}
	before := large()
	b.ReportAllocs()
	for b.Loop() {
		if change.Digest(before) == "" {
			b.Fatal("no digest")
		}
	}
}
