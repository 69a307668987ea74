package messages_test

import (
	"os"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/docgen/messages"
)

const page = "templates/guides/troubleshooting.md.tmpl"

func TestThePageOnTroubleshootingHasEveryMessageOfTheProvider(t *testing.T) {
	text, err := os.ReadFile("../../../../" + page)
	if err != nil {
		t.Fatal(err)
	}
	source, err := messages.Load(os.DirFS("../../.."), "provider")
	if err != nil {
		t.Fatal(err)
	}
	summaries, wordings := source.Summaries(), source.Wordings("dn", "rights", "schedule")
	if len(summaries) < 60 || len(wordings) < 70 {
		t.Fatalf("only %d summaries and %d wordings were found", len(summaries), len(wordings))
	}
	there := messages.NewPage(string(text))
	for _, m := range append(summaries, wordings...) {
		if !there.Has(m) {
			t.Errorf("%s: say in %s what to do about %q", m.At, page, m.Text)
		}
	}
}
