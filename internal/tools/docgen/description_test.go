package main

import (
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"

	"github.com/codesign-tf/terraform-provider-codesign/internal/provider"
)

// maxSentences is the limit of a description in the schema. Longer explanations are in the guides.
const maxSentences = 2

var (
	code        = regexp.MustCompile("`[^`]*`")
	sentenceEnd = regexp.MustCompile(`[.!?](?:\s|$)`)
)

func sentences(text string) int {
	return len(sentenceEnd.FindAllString(code.ReplaceAllString(text, "x"), -1))
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{
		"GUID of the project.":                             1,
		"Path of a file. Default: `a. b. c.`.":             2,
		"One, for version 26.1.\n\nTwo? Three.":            3,
		"Joins names to a distinguished name":              0,
		"Identifier such as `local:{…}`. It never changes": 1,
	} {
		if got := sentences(text); got != want {
			t.Errorf("%q: got %d sentences, want %d", text, got, want)
		}
	}
}

func TestDescriptions_HaveAtMostTwoSentences(t *testing.T) {
	t.Parallel()
	schemas, err := providerSchemas(t.Context(), providerserver.NewProtocol6(provider.New("test")())())
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	checkDescriptions(t, "", schemas, &found)
	if found < 200 {
		t.Errorf("only %d descriptions were found", found)
	}
}

// checkDescriptions visits every member of a schema in JSON. A description has one or two sentences
// and ends with a full stop.
func checkDescriptions(t *testing.T, place string, value any, found *int) {
	t.Helper()
	switch members := value.(type) {
	case object:
		for _, name := range slices.Sorted(maps.Keys(members)) {
			text, ok := members[name].(string)
			if !ok || name != "description" {
				checkDescriptions(t, place+"/"+name, members[name], found)
				continue
			}
			if text == "" {
				continue // a nested attribute whose members have descriptions
			}
			*found++
			if n := sentences(text); n < 1 || n > maxSentences {
				t.Errorf("%s: %d sentences, want one or two: %s", place, n, text)
			}
		}
	case []object:
		for _, member := range members {
			checkDescriptions(t, place, member, found)
		}
	}
}
