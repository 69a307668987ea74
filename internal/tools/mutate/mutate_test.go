package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestMutate_ListsSurvivors(t *testing.T) {
	t.Parallel()
	packages, err := list(t.Context(), []string{"./testdata/sample"})
	if err != nil {
		t.Fatal(err)
	}
	before := readSample(t)
	r, err := mutate(t.Context(), options{}, packages[0])
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	r.print(&out, packages[0])
	want := strings.TrimSpace(`
sample/sample.go:10:5: <= instead: age < 0
sample/sample.go:14:17: always false: group == 0 (no test reaches it)
sample/sample.go:17:5: always false: group > 9 (no test reaches it)
sample/sample.go:18:3: dropped: price /= 2 (no test reaches it)
sample/sample.go:23:32: error lost: return err (no test reaches it)
`)
	got, figures, _ := strings.Cut(strings.TrimSpace(out.String()), "\ngithub.com/")
	if got != want {
		t.Errorf("survivors:\n%s\nwant:\n%s", got, want)
	}
	if !strings.HasSuffix(figures, "testdata/sample: 11 of 16 killed (68.8 %), 4 not reached, 2 invalid, 0 not run") {
		t.Error(figures)
	}
	if !bytes.Equal(before, readSample(t)) {
		t.Error("the files of the package changed")
	}
}

func readSample(t *testing.T) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "sample", "sample.go"))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func TestMutate_StopsWhereATestFailsUnchanged(t *testing.T) {
	t.Setenv("SAMPLE_FAILS", "1")
	packages, err := list(t.Context(), []string{"./testdata/sample"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = mutate(t.Context(), options{run: "Negative"}, packages[0])
	if err == nil || !strings.Contains(err.Error(), "TestPrice_Negative fails without any change") {
		t.Error(err)
	}
}

func TestMutate_Sample(t *testing.T) {
	t.Parallel()
	packages, err := list(t.Context(), []string{"./testdata/sample"})
	if err != nil {
		t.Fatal(err)
	}
	var printed []string
	for range 2 {
		r, err := mutate(t.Context(), options{sample: 5}, packages[0])
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		r.print(&out, packages[0])
		printed = append(printed, out.String())
	}
	if !strings.Contains(printed[0], " of 5 killed (") ||
		!strings.HasSuffix(printed[0], " 2 invalid, 0 not run; a sample, 11 left out\n") {
		t.Error(printed[0])
	}
	if printed[0] != printed[1] {
		t.Errorf("two samples differ:\n%s\n%s", printed[0], printed[1])
	}
}
