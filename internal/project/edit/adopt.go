package edit

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
)

// Adoptable reports whether a project is the unfinished creation of a run of the caller: a draft
// without environments. Either the caller is its only owner, and each other setting is empty or as
// the change asks for. Or all settings are as the change asks for, and the caller is an owner, or the
// change names the owners. Self are the names of the caller.
func Adoptable(p *client.Project, change settings.Change, self []string) bool {
	if p.Status != lifecycle.Draft || len(p.Environments) > 0 {
		return false
	}
	s := SettingsOf(p)
	isSelf := func(trustee string) bool {
		return slices.ContainsFunc(self, func(name string) bool { return settings.SameTrustee(name, trustee) })
	}
	if change.MetBy(s) && (change.Role(settings.Owner).Exact || slices.ContainsFunc(s.Owners, isSelf)) {
		return true
	}
	onlySelf := len(s.Owners) > 0 && !slices.ContainsFunc(s.Owners, func(o string) bool { return !isSelf(o) })
	return onlySelf && isEmptyOrAsWanted(s, change)
}

// isEmptyOrAsWanted leaves out the owners.
func isEmptyOrAsWanted(s settings.Settings, change settings.Change) bool {
	empty := settings.Settings{Owners: s.Owners}
	others := settings.Compare(s, change.Apply(empty))
	return !slices.ContainsFunc(settings.Compare(empty, s), func(d settings.Difference) bool {
		return slices.ContainsFunc(others, func(other settings.Difference) bool {
			return d.Field == other.Field && dn.Equal(d.Name, other.Name)
		})
	})
}

// importBlock imports a project, with a resource name that is made from that of the project.
func importBlock(p *client.Project) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			return unicode.ToLower(r)
		default:
			return '_'
		}
	}, dn.Name(p.DN))
	if name == "" || !unicode.IsLetter(rune(name[0])) {
		name = "project_" + name
	}
	return fmt.Sprintf("import {\n  to = codesign_project.%s # the address of this resource\n  id = %q\n}", name,
		dn.CanonicalGUID(p.GUID))
}
