package rights_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
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
		err := rights.CheckMapKeys(c.names)
		if (err != nil) != (c.words != nil) {
			t.Errorf("%s: %v", name, err)
		}
		for _, word := range c.words {
			if err != nil && !strings.Contains(diags.Explain(err), word) {
				t.Errorf("%s: %v does not have %q", name, err, word)
			}
		}
	}
}
