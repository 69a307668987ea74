package main

import (
	_ "embed"
	"encoding/json"
	"mime"
	"regexp"
	"slices"
	"strings"
)

// shapeOf replaces each value of a decoded answer by its class. Member names stay if the vendor's
// documentation has them, in any case: a name in the place of a member, as in a map of rights, is a
// value.
func shapeOf(value any) any {
	switch v := value.(type) {
	case map[string]any:
		return shapeOfObject(v)
	case []any:
		return shapeOfList(v)
	case string:
		return formOf(v)
	case json.Number:
		return numberClass(v.String())
	case bool:
		return "bool"
	default:
		return "null"
	}
}

func shapeOfObject(o map[string]any) map[string]any {
	shape := map[string]any{}
	for name, value := range o {
		if !knownMembers[strings.ToLower(name)] {
			name = "<" + formOf(name) + ">"
		}
		shape[name] = shapeOf(value)
	}
	return shape
}

// shapeOfList has one shape for all elements: objects are merged, and forms are listed.
func shapeOfList(list []any) map[string]any {
	shape := map[string]any{"list": countClass(len(list))}
	for i, element := range list {
		if i == 0 {
			shape["elements"] = shapeOf(element)
			continue
		}
		shape["elements"] = merged(shape["elements"], shapeOf(element))
	}
	return shape
}

// merged is the shape of two values in the same place.
func merged(a, b any) any {
	first, isObject := a.(map[string]any)
	second, areObjects := b.(map[string]any)
	if isObject && areObjects {
		for name, shape := range second {
			if known, there := first[name]; there {
				shape = merged(known, shape)
			}
			first[name] = shape
		}
		return first
	}
	forms := append(formsIn(a), formsIn(b)...)
	slices.Sort(forms)
	return strings.Join(slices.Compact(forms), " | ")
}

func formsIn(shape any) []string {
	if text, isText := shape.(string); isText {
		return strings.Split(text, " | ")
	}
	return []string{"object"}
}

// classes are the forms of texts, the narrower first.
var classes = []struct {
	name string
	form *regexp.Regexp
}{
	{"empty", regexp.MustCompile(`^$`)},
	{"date /Date(ms)/", regexp.MustCompile(`^\\?/Date\(-?\d+\)\\?/$`)},
	{"date /Date(ms+zone)/", regexp.MustCompile(`^\\?/Date\(-?\d+[+-]\d{4}\)\\?/$`)},
	{"date ISO with zone", regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$`)},
	{"date ISO without zone", regexp.MustCompile(`^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?$`)},
	{"date", regexp.MustCompile(`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$`)},
	{"DN with doubled backslashes", regexp.MustCompile(`(?i)^\\\\VED\\\\`)},
	{"DN", regexp.MustCompile(`(?i)^\\VED(\\|$)`)},
	{"GUID in braces", regexp.MustCompile(`(?i)^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$`)},
	{"GUID", regexp.MustCompile(`(?i)^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)},
	{"32 hexadecimal digits", regexp.MustCompile(`(?i)^[0-9a-f]{32}$`)},
	{"universal in braces", regexp.MustCompile(`(?i)^[^:]+:\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$`)},
	{"universal with dashes", regexp.MustCompile(`(?i)^[^:]+:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`)},
	{"universal of 32 digits", regexp.MustCompile(`(?i)^[^:]+:[0-9a-f]{32}$`)},
	{"number in quotes", regexp.MustCompile(`^-?\d+(\.\d+)?$`)},
	{"truth value in quotes", regexp.MustCompile(`(?i)^(true|false)$`)},
	{"URL", regexp.MustCompile(`(?i)^https?://`)},
	{"mail address", regexp.MustCompile(`^[^@\s]+@[^@\s]+$`)},
	{"prefixed name", regexp.MustCompile(`^[^:\s][^:]*:\S`)},
}

// formOf is the class of a text with the range of its length.
func formOf(text string) string { return classOf(text) + lengthClass(len([]rune(text))) }

func classOf(text string) string {
	for _, class := range classes {
		if class.form.MatchString(text) {
			return class.name
		}
	}
	return "text"
}

func lengthClass(n int) string {
	switch {
	case n == 0:
		return ""
	case n <= 8:
		return ", 1-8"
	case n <= 32:
		return ", 9-32"
	case n <= 128:
		return ", 33-128"
	default:
		return ", 129 or more"
	}
}

func countClass(n int) string {
	switch {
	case n <= 1:
		return [...]string{"empty", "one"}[n]
	case n <= 10:
		return "2-10"
	default:
		return "11 or more"
	}
}

func numberClass(n string) string {
	switch {
	case strings.ContainsAny(n, ".eE"):
		return "fraction"
	case n == "0":
		return "zero"
	case strings.HasPrefix(n, "-"):
		return "negative number"
	default:
		return "number"
	}
}

// contentTypes are those that a report names.
var contentTypes = []string{
	"application/json", "text/html", "text/plain", "application/xml", "text/xml", "text/json",
	"application/problem+json",
}

func contentTypeClass(contentType string) string {
	kind, parameters, _ := mime.ParseMediaType(contentType)
	switch {
	case contentType == "":
		return "none"
	case !slices.Contains(contentTypes, kind):
		return "another"
	case strings.EqualFold(parameters["charset"], "utf-8"):
		return kind + "; charset=utf-8"
	}
	return kind
}

// knownNames are the members of the vendor's documentation. A report has no other member name.
//
//go:embed members.txt
var knownNames string

var knownMembers = func() map[string]bool {
	known := map[string]bool{}
	for name := range strings.FieldsSeq(strings.ToLower(knownNames)) {
		known[name] = true
	}
	return known
}()
