package edit

import (
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

func customFields(fields []settings.CustomField) []client.CustomField {
	list := make([]client.CustomField, 0, len(fields))
	for _, f := range fields {
		list = append(list, client.CustomField(f))
	}
	return list
}

// updateOf is the content of the update that changes the project p, as read, to want. A list that
// the server did not send is sent only if it is changed. No item is repeated: the server may refuse it.
func updateOf(p *client.Project, want settings.Settings) *client.ProjectUpdate {
	changed := map[settings.Field]bool{}
	for _, d := range settings.Compare(p.Settings, want) {
		changed[d.Field] = true
	}
	list := func(field settings.Field) client.ListUpdate[string] {
		return client.ListUpdate[string]{
			Items: settings.Union(want.Items(field), nil), Changed: changed[field],
			Present: p.Items(field) != nil || changed[field],
		}
	}
	return &client.ProjectUpdate{
		DN: p.DN, GUID: p.GUID, ID: p.ID, Description: want.Description,
		Owners: list(settings.Owners), Auditors: list(settings.Auditors), KeyUsers: list(settings.KeyUsers),
		KeyUseApprovers: list(settings.KeyUseApprovers), ApplicationDNs: list(settings.Applications),
		CustomFields: client.ListUpdate[client.CustomField]{
			Items: customFields(want.CustomFields), Changed: changed[settings.CustomFields],
			Present: p.CustomFields != nil || changed[settings.CustomFields],
		},
	}
}

// progress is how much of a change a read shows.
type progress int

const (
	showsNothing progress = iota
	showsPart
	showsAll
)

// progressOf compares a read with what the change should make of an earlier one. Other items that
// appear in a set do not matter here. The server may rewrite the value of a custom field, so a field
// shows the change once it differs from before.
func progressOf(change settings.Change, before, after settings.Settings) progress {
	var shows []bool // for each setting that changes
	want := change.Apply(before)
	var rewritten []settings.Difference
	for _, d := range settings.Compare(before, want) {
		switch d.Field {
		case settings.Description:
			shows = append(shows, after.Description == d.New)
		case settings.CustomFields:
			rewritten = append(rewritten, d)
		default:
			items := after.Items(d.Field)
			isMissing := func(item string) bool { return !settings.Contains(items, item) }
			isLeft := func(item string) bool { return settings.Contains(items, item) }
			shows = append(shows, !slices.ContainsFunc(d.Gained, isMissing) && !slices.ContainsFunc(d.Lost, isLeft))
		}
	}
	applied := slices.Contains(shows, true) // then an unchanged custom field is the server's form of the value
	for _, d := range rewritten {
		shows = append(shows, fieldShows(d, before, want, after, applied))
	}
	switch {
	case !slices.Contains(shows, false):
		return showsAll
	case !slices.Contains(shows, true):
		return showsNothing
	default:
		return showsPart
	}
}

func fieldShows(d settings.Difference, before, want, after settings.Settings, applied bool) bool {
	wanted, now := want.Values(d.Name), after.Values(d.Name)
	return slices.Equal(now, wanted) ||
		len(wanted) > 0 && len(now) > 0 && (applied || !slices.Equal(now, before.Values(d.Name)))
}

// dropsTrustees reports whether the change takes a role from a trustee.
func dropsTrustees(before, want settings.Settings) bool {
	return slices.ContainsFunc(settings.Compare(before, want), func(d settings.Difference) bool {
		return d.Field != settings.Applications && len(d.Lost) > 0
	})
}
