package decide

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
	"unicode/utf8"
)

func crowd(n int) []string {
	names := make([]string, 0, n)
	for i := range n {
		names = append(names, fmt.Sprintf("local:{%03d}%s", i, strings.Repeat("ü", 300)))
	}
	return names
}

func TestErrors_ListFirstApprovers(t *testing.T) {
	seen := ticket(pending())
	seen.Approvers = crowd(301)
	bounded(t, wantAdvice(t, notShownError(first(approved()), seen, nil)))
	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: seen, shownLate: seen, lag: 1 << 20}
		got, err := f.decider().Decide(t.Context(), first(approved()))
		if err != nil || !got.Awaited || len(got.Notes) != 1 {
			t.Fatalf("got %+v, %v", got, err)
		}
		bounded(t, got.Notes[0])
	})
}

func bounded(t *testing.T, text string) {
	t.Helper()
	if !strings.Contains(text, "{009}") || strings.Contains(text, "{010}") || !strings.Contains(text, " and 291 more") {
		t.Errorf("listed are %s", text)
	}
	if n := utf8.RuneCountInString(text); n > 1500 || !utf8.ValidString(text) {
		t.Errorf("%d characters: %s", n, text)
	}
}

func TestListSome(t *testing.T) {
	for want, names := range map[string][]string{
		"":                             nil,
		"local:{a}":                    {"local:{a}"},
		"a, b, c, d, e, f, g, h, i, j": strings.Split("abcdefghij", ""),
		"a, b, c, d, e, f, g, h, i, j, and 1 more": strings.Split("abcdefghijk", ""),
		strings.Repeat("x", 100):                   {strings.Repeat("x", 100)},
		strings.Repeat("x", 100) + "…":             {strings.Repeat("x", 101)},
	} {
		if got := listSome(names); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestErrors_ShortenExplanation(t *testing.T) {
	found := ticket(rejected())
	found.ApprovalFrom, found.ApprovalExplanation, found.Updated = strings.Repeat("b", 5000), strings.Repeat("e",
		5000), time.Time{}
	if text := conflictError(first(approved()), found).Error(); len(text) > 500 {
		t.Errorf("%d bytes: %s", len(text), text)
	}
}
