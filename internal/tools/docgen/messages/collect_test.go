package messages_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/docgen/messages"
)

const entity = `package entity

import "github.com/codesign-tf/terraform-provider-codesign/internal/kit"

const tried = "Could not do the work"

func (r *thing) read() {
	diags.AddError("Plain summary", "detail")
	diags.AddAttributeWarning(at, "Warning on " + name, "detail")
	kit.Report(diags, at, tried, err)
	report("Through a wrapper", err)
	what := "First of two"
	if other {
		what = "Second of two"
	}
	report(what, err)
	other.AddError("three", "arguments", "are no diagnostic")
}

func report(what string, err error) { kit.Report(nil, nil, what, err) }

func problems() []Problem { return []Problem{{Summary: "Inside a function", Detail: "detail"}, {Summary: "not told any more"}} }
`

const kit = `package kit

func Report(diags Diagnostics, at Path, summary string, err error) { diags.AddAttributeError(at, summary, err.Error()) }

type LostError struct{ n int }

func (e *LostError) Error() string {
	text := fmt.Sprintf("the answer to step %d was lost", e.n)
	if e.n > 100 {
		text += "; nothing is certain"
	}
	return text
}

func find() error { return &NameError{"is nobody's name", advice} }

func refuse(n int) error { return fmt.Errorf("%d is too much: %w", n, errors.New("a limit")) }
`

func source(t *testing.T) *messages.Source {
	t.Helper()
	s, err := messages.Load(fstest.MapFS{
		"entity/entity.go":      {Data: []byte(entity)},
		"entity/entity_test.go": {Data: []byte("package entity\n\nfunc test() { diags.AddError(\"Only in a test\", \"\") }\n")},
		"kit/kit.go":            {Data: []byte(kit)},
		"apart/apart.go":        {Data: []byte("package apart\n\nfunc main() { diags.AddError(\"Of another program\", \"\") }\n")},
	}, "entity")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func texts(list []messages.Message) []string {
	var all []string
	for _, m := range list {
		all = append(all, m.Text)
	}
	return all
}

func TestSummariesAreFoundHoweverTheyGetThere(t *testing.T) {
	t.Parallel()
	want := []string{
		"Could not do the work", "First of two", "Inside a function", "Plain summary", "Second of two", "Through a wrapper", "Warning on",
	}
	if got := texts(source(t).Summaries()); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestWordingsAreFoundPieceByPiece(t *testing.T) {
	t.Parallel()
	want := []string{"is nobody's name", "nothing is certain", "the answer to step … was lost"}
	if got := texts(source(t).Wordings()); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

func TestOfTheRulesEveryRefusalCounts(t *testing.T) {
	t.Parallel()
	got := texts(source(t).Wordings("kit"))
	for _, want := range []string{"is too much", "a limit"} {
		if !slices.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
}

func TestAMessageSaysWhereItIs(t *testing.T) {
	t.Parallel()
	if m := source(t).Wordings()[1]; m.At != "kit/kit.go:10" {
		t.Errorf("at %s", m.At)
	}
}

func TestAPageHasAMessageWhateverFillsItsGaps(t *testing.T) {
	t.Parallel()
	m := messages.Message{Text: "the step from … to … was not carried out"}
	for text, want := range map[string]bool{
		"| The step from\n`Draft` to **Pending** was not carried out: … |":           true,
		"the step from … to … was not carried out":                                   true,
		"the step from A to B was taken; the step from B to C was not carried out":   true,
		"the step from Draft was not carried out":                                    false,
		"the step from Draft to " + strings.Repeat("x", 80) + " was not carried out": false,
	} {
		if got := messages.NewPage(text).Has(m); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
