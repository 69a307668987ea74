package edit

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// A list that the server did not send is sent only if it is changed. Items are not repeated.
func TestUpdateOf(t *testing.T) {
	type list = client.ListUpdate[string]
	read := &client.Project{
		DN: `\VED\p`, GUID: "{g}", ID: 7,
		Settings: settings.Settings{
			Description: "old", Owners: []string{"o"}, KeyUsers: []string{"k"},
			CustomFields: []settings.CustomField{{Name: "Team", Values: []string{"a"}, Type: 2}},
		},
	}
	want := read.Settings
	want.Description, want.KeyUsers, want.KeyUseApprovers = "new", []string{"k", "l", "L"}, []string{"p"}
	update := updateOf(read, want)
	if update.DN != read.DN || update.GUID != read.GUID || update.ID != 7 || update.Description != "new" {
		t.Errorf("got %+v", update)
	}
	for name, c := range map[string]struct{ got, want list }{
		"unchanged":  {update.Owners, list{Items: []string{"o"}, Present: true}},
		"absent":     {update.Auditors, list{Items: []string{}}},
		"changed":    {update.KeyUsers, list{Items: []string{"k", "l"}, Present: true, Changed: true}},
		"new":        {update.KeyUseApprovers, list{Items: []string{"p"}, Present: true, Changed: true}},
		"absent too": {update.ApplicationDNs, list{Items: []string{}}},
	} {
		if !slices.Equal(c.got.Items, c.want.Items) || c.got.Present != c.want.Present ||
			c.got.Changed != c.want.Changed {
			t.Errorf("%s: got %+v", name, c.got)
		}
	}
}

func TestUpdateOf_CustomFields(t *testing.T) {
	team := settings.CustomField{Name: "Team", Values: []string{"a"}, Type: 1}
	for name, c := range map[string]struct {
		read, want       []settings.CustomField
		present, changed bool
	}{
		"absent":    {nil, nil, false, false},
		"none":      {[]settings.CustomField{}, nil, true, false},
		"new":       {nil, []settings.CustomField{team}, true, true},
		"unchanged": {[]settings.CustomField{team}, []settings.CustomField{team}, true, false},
	} {
		read := &client.Project{Settings: settings.Settings{CustomFields: c.read}}
		got := updateOf(read, settings.Settings{CustomFields: c.want}).CustomFields
		if got.Present != c.present || got.Changed != c.changed || !reflect.DeepEqual(got.Items, customFields(c.want)) {
			t.Errorf("%s: got %+v", name, got)
		}
	}
}

func TestDropsTrustees(t *testing.T) {
	before := settings.Settings{
		Description: "d", Owners: []string{"a", "b"}, Applications: []string{`\VED\a`},
		CustomFields: []settings.CustomField{{Name: "Team", Values: []string{"a"}}},
	}
	for name, c := range map[string]struct {
		change func(s *settings.Settings)
		want   bool
	}{
		"nothing":     {func(*settings.Settings) {}, false},
		"owner":       {func(s *settings.Settings) { s.Owners = s.Owners[:1] }, true},
		"new auditor": {func(s *settings.Settings) { s.Auditors = []string{"a"} }, false},
		"application": {func(s *settings.Settings) { s.Applications = nil }, false},
		"values":      {func(s *settings.Settings) { s.Description, s.CustomFields = "", nil }, false},
	} {
		after := before
		c.change(&after)
		if got := dropsTrustees(before, after); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestSignCode(t *testing.T) {
	answered := func(family string, number int, present bool) error {
		code := client.Code{Family: family, Number: number, Present: present}
		return fmt.Errorf("wrapped: %w", &client.Error{Code: code})
	}
	for name, c := range map[string]struct {
		err              error
		code             int
		partial, pending bool
	}{
		"none":         {nil, 0, false, false},
		"other error":  {errors.New("x"), 0, false, false},
		"other family": {answered(client.FamilyConfig, 10, true), 0, false, false},
		"no code":      {answered(client.FamilySign, 10, false), 0, false, false},
		"partial":      {answered(client.FamilySign, 11, true), 11, true, false},
		"not ready":    {answered(client.FamilySign, 3005, true), 3005, false, true},
		"refused":      {answered(client.FamilySign, 2, true), 2, false, false},
	} {
		if signCode(c.err) != c.code || isPartial(c.err) != c.partial || isPendingObjects(c.err) != c.pending {
			t.Errorf("%s: got %d, partial %t, pending %t", name, signCode(c.err), isPartial(c.err),
				isPendingObjects(c.err))
		}
	}
}

// Only an update, which has a record, waits for a ticket that the caller does not see.
func TestAwaitingApprovalError(t *testing.T) {
	const (
		waits   = "The next apply waits for it"
		looks   = "looks for this ticket first"
		decided = "Have the update decided"
	)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		request Request
		ticket  string
		words   string
	}{
		"update":                    {Request{}, "T.", "T. " + waits},
		"update, no ticket":         {Request{}, "", noTicket + waits},
		"create":                    {Request{created: time.Now()}, "T.", "T. The next apply " + looks},
		"create, no ticket":         {Request{created: time.Now()}, "", noTicket + decided},
		"adopted":                   {Request{Create: true}, "T.", "T. The next apply " + looks},
		"adopted, no ticket at all": {Request{Create: true}, "", noTicket + decided},
	} {
		n := &entry{ctx: ctx, request: c.request}
		err := awaitingApprovalError(n, &client.Project{DN: `\VED\p`}, c.ticket, 90*time.Second+time.Millisecond)
		failed, ok := errors.AsType[*failure.Error](err)
		if !ok || failed.Code != failure.Interrupted || !strings.HasPrefix(failed.Remedy, c.words) ||
			!strings.HasPrefix(failed.Message, "interrupted after 1m30s waiting for project p ") {
			t.Errorf("%s: got %+v", name, err)
		}
	}
}

// Each field is named once, and the first one is the attribute at fault.
func TestNotShownError_Fields(t *testing.T) {
	text := "new"
	change := settings.Change{
		Description: &text, CustomFields: map[string][]string{"A": {"1"}, "B": {"2"}},
	}
	err := notShownError(&client.Project{DN: `\VED\p`}, change, settings.Settings{})
	failed, _ := errors.AsType[*failure.Error](err)
	if failed == nil || failed.Attribute != failure.Attribute(settings.Description) ||
		!strings.Contains(failed.Message, "does not show it: description, custom_fields has the old value") {
		t.Errorf("got %+v", failed)
	}
}
