package rights

import (
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

func TestCheckMapKeys(t *testing.T) {
	for name, c := range map[string]struct {
		names []string
		words []string
	}{
		"none":           {nil, nil},
		"different":      {[]string{"a", "b", "a\u200f", "A"}, nil},
		"the same twice": {[]string{"é", "a", "é"}, nil},
		"decomposed":     {[]string{"a", "\u00e9", "e\u0301"}, []string{`"\u00e9"`, `"e\u0301"`}},
		"singleton":      {[]string{"\u212a", "K"}, []string{`"\u212a"`, `"K"`}},
	} {
		err := checkMapKeys(c.names)
		if (err != nil) != (c.words != nil) {
			t.Errorf("%s: %v", name, err)
		}
		for _, word := range c.words {
			if err != nil && !strings.Contains(diags.Explain(err), word) {
				t.Errorf("%s: got %v, want %q in it", name, err, word)
			}
		}
	}
}

func TestDistinct(t *testing.T) {
	got := distinct([]string{`\VED\a`, `\VED\b`, `\ved\A`, `\VED\a`})
	if !slices.Equal(got, []string{`\VED\a`, `\VED\b`}) {
		t.Errorf("got %q", got)
	}
}
