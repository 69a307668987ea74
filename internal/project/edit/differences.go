package edit

import (
	"context"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// partlyAppliedError names what the project has now, and what it should have.
func (b *batch) partlyAppliedError(ctx context.Context, change settings.Change, err error) error {
	now, want := SettingsOf(b.project), change.Apply(b.before)
	message := "the server carried out only a part of the update of project " + reconcile.NameOf(b.project)
	if err != nil {
		message += ": " + err.Error()
	}
	d := differences{describe: reconcile.DescribeIdentities(b.editor.API), first: "now", second: "should be"}
	return &failure.Error{
		Code: failure.PartlyApplied, Cause: err,
		Message: message + ". Not carried out: " + d.text(ctx, now, want, settings.Compare(now, want)),
		Remedy:  "The server keeps what it carried out. Correct the cause, then apply again.",
	}
}

// unexpectedError prints old and new values.
func (b *batch) unexpectedError(ctx context.Context, changed []settings.Difference) error {
	d := differences{describe: reconcile.DescribeIdentities(b.editor.API), first: "before", second: "now"}
	return &failure.Error{
		Code:      failure.UnexpectedChange,
		Attribute: failure.Attribute(changed[0].Field),
		Message: fmt.Sprintf("the update of project %s was carried out, but other settings changed, too: %s",
			reconcile.NameOf(b.project), d.text(ctx, b.before, SettingsOf(b.project), changed)),
		Remedy: "The server changed them, or another client did at the same time. The provider does not restore " +
			"them. Compare them with the expected values, and correct them in the configuration or in the product's " +
			"user " +
			"interface.",
	}
}

// Limits of a message, and of the requests for the names in it.
const (
	maxItems      = 10
	maxTextLength = 500 // characters
)

// differences describes differences for a message. First and second name the two sides.
type differences struct {
	describe      func(ctx context.Context, trustee string) string
	first, second string
}

func (d differences) text(ctx context.Context, a, b settings.Settings, list []settings.Difference) string {
	parts := make([]string, 0, len(list))
	for _, one := range list {
		switch one.Field {
		case settings.Description, settings.CustomFields:
			label := strings.TrimSpace(string(one.Field) + " " + one.Name)
			parts = append(parts, fmt.Sprintf("%s (%s %q, %s %q)", label, d.first, cut(one.Old), d.second,
				cut(one.New)))
		default:
			text := string(one.Field)
			if len(one.Lost) > 0 {
				text += " without " + d.items(ctx, one.Field, one.Lost)
			}
			if len(one.Gained) > 0 {
				text += " with " + d.items(ctx, one.Field, one.Gained)
			}
			parts = append(parts, fmt.Sprintf("%s (%s: %s; %s: %s)", text, d.first,
				d.items(ctx, one.Field, a.Items(one.Field)), d.second, d.items(ctx, one.Field, b.Items(one.Field))))
		}
	}
	return strings.Join(parts, "; ")
}

func (d differences) items(ctx context.Context, field settings.Field, list []string) string {
	if len(list) == 0 {
		return "none"
	}
	shown := make([]string, 0, maxItems+1)
	for _, item := range list[:min(len(list), maxItems)] {
		if field != settings.Applications {
			item = d.describe(ctx, item)
		}
		shown = append(shown, item)
	}
	if more := len(list) - len(shown); more > 0 {
		shown = append(shown, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(shown, ", ")
}

func cut(text string) string {
	if runes := []rune(text); len(runes) > maxTextLength {
		return string(runes[:maxTextLength]) + "…"
	}
	return text
}
