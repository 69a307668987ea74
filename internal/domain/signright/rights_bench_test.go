package signright_test

import (
	"fmt"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// hundred are the rights on an object as a large company has them: a hundred trustees, one of ten listed twice.
func hundred() []signright.Grant {
	var list []signright.Grant
	for i := range int64(110) {
		list = append(list, signright.Grant{
			Key: fmt.Sprintf("local:{aaaaaaaa-0000-1111-2222-%012d}", i*7919%100), Value: 1<<(i%7) | 8,
		})
	}
	return list
}

func BenchmarkMerge(b *testing.B) {
	list := hundred()
	b.ReportAllocs()
	for b.Loop() {
		if n := len(signright.Merge(list)); n != 100 {
			b.Fatal(n)
		}
	}
}

func BenchmarkByKey(b *testing.B) {
	list := hundred()
	b.ReportAllocs()
	for b.Loop() {
		if n := len(signright.ByKey(list)); n != 100 {
			b.Fatal(n)
		}
	}
}

func BenchmarkByRight(b *testing.B) {
	list := hundred()
	b.ReportAllocs()
	for b.Loop() {
		if n := len(signright.ByRight(list)); n != 7 {
			b.Fatal(n)
		}
	}
}

func BenchmarkNames(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if n := len(signright.Names(signright.Owner | signright.ApproveUse | 1<<30)); n != 3 {
			b.Fatal(n)
		}
	}
}

func BenchmarkValue(b *testing.B) {
	names := []string{"Owner", "ApproveUse", "Unknown (1073741824)"}
	b.ReportAllocs()
	for b.Loop() {
		if sum, err := signright.Value(names); err != nil || sum != 1<<30|72 {
			b.Fatal(sum, err)
		}
	}
}
