package settings_test

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// decode reads changes from a text of words: a verb ("d", "e", "a", "r", "k", "p", "c"), then one
// letter for a role, then items of one letter each.
func decode(text string) []settings.Change {
	var changes []settings.Change
	for word := range strings.FieldsSeq(text) {
		if len(word) < 2 {
			continue
		}
		r := settings.Roles()[int(word[1])%4]
		items := []string{}
		for _, item := range word[2:] {
			items = append(items, string(item))
		}
		switch word[0] {
		case 'd':
			changes = append(changes, description(word[1:]))
		case 'e':
			changes = append(changes, role(r, exact(items...)))
		case 'a':
			changes = append(changes, role(r, add(items...)))
		case 'r':
			changes = append(changes, role(r, remove(items...)))
		case 'k':
			changes = append(changes, role(r, settings.ListChange{Remove: items, KeepLast: true}))
		case 'p':
			changes = append(changes, apps(exact(items...)))
		case 'c':
			changes = append(changes, fields(word[1:2], items...))
		}
	}
	return changes
}

func decodeSettings(text string) settings.Settings {
	s := settings.Settings{}
	for _, c := range decode(text) {
		s = c.Apply(s)
	}
	return s
}

func FuzzChange(f *testing.F) {
	f.Add("e0ab a1c", "a0A r1c d1 pxy c1z", "a2b")
	f.Add("e0ab", "e0ba e0AB", "k0ab d1 d1")
	f.Add("e0ab", "r0a k0b", "cAx cax d2")
	f.Add("", "e0", "a0a r0a")
	f.Fuzz(func(t *testing.T, start, some, others string) {
		if !utf8.ValidString(start + some + others) {
			t.Skip("the server sends valid text")
		}
		before := decodeSettings(start)
		changes := append(decode(some), decode(others)...)
		merged, err := settings.Merge(changes...)
		checkOrder(t, changes, merged, err)
		if err != nil {
			return
		}
		after := merged.Apply(before)
		if !merged.MetBy(after) || len(settings.Compare(after, merged.Apply(after))) > 0 {
			t.Errorf("%+v is not met by its own result %+v", merged, after)
		}
		if u := merged.Unexpected(before, after); len(u) > 0 {
			t.Errorf("%+v: unexpected %+v", merged, u)
		}
		if u := merged.Unexpected(before, before); len(u) > 0 {
			t.Errorf("%+v: unexpected without a change %+v", merged, u)
		}
		for _, c := range changes {
			if keepsLast(c) || keepsLast(merged) {
				continue // a trustee stays that another change removes
			}
			if !c.MetBy(after) {
				t.Errorf("%+v is not met by the merged result %+v", c, after)
			}
		}
	})
}

func keepsLast(c settings.Change) bool {
	for _, list := range c.Lists {
		if list.KeepLast {
			return true
		}
	}
	return false
}

func checkOrder(t *testing.T, changes []settings.Change, merged settings.Change, err error) {
	t.Helper()
	reversed := make([]settings.Change, len(changes))
	for i, c := range changes {
		reversed[len(changes)-1-i] = c
	}
	other, otherErr := settings.Merge(reversed...)
	if (err == nil) != (otherErr == nil) || !reflect.DeepEqual(merged, other) {
		t.Errorf("%+v: got %+v, %v; in the other order %+v, %v", changes, merged, err, other, otherErr)
	}
	half := len(changes) / 2
	first, firstErr := settings.Merge(changes[:half]...)
	second, secondErr := settings.Merge(changes[half:]...)
	if firstErr == nil && secondErr == nil {
		both, bothErr := settings.Merge(second, first)
		if (err == nil) != (bothErr == nil) || !reflect.DeepEqual(merged, both) {
			t.Errorf("%+v: got %+v, %v; in two halves %+v, %v", changes, merged, err, both, bothErr)
		}
	} else if err == nil {
		t.Errorf("%+v: halves fail: %v, %v", changes, firstErr, secondErr)
	}
	if again, againErr := settings.Merge(merged); againErr != nil || !reflect.DeepEqual(merged, again) {
		t.Errorf("%+v: merged again: %+v, %v", merged, again, againErr)
	}
}
