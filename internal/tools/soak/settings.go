package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// governed is a project whose settings the configuration manages: all of a new project, or one role
// and two members of an existing one. What it does not manage belongs to people.
type governed struct {
	dn          string
	isNew       bool
	description string
	holders     []string // of the managed role: Use of a new project, Audit of an existing one
	members     []string // of ApproveUse
}

// Users that the configuration gives roles to, and users that only people give roles to.
var (
	managedUsers = []string{"kim", "lea", "max", "noa"}
	otherUsers   = []string{"eve", "udo"}
)

// newGoverned adds existing projects to the world, and returns all projects that are governed.
func newGoverned(r *rand.Rand, w *simulator.World) []*governed {
	for _, name := range slices.Concat(managedUsers, otherUsers) {
		w.Users = append(w.Users, simulator.User{Name: name})
	}
	var list []*governed
	for _, name := range []string{"R0", "R1", "N0", "N1"} {
		g := &governed{dn: projects + name, isNew: name[0] == 'N'}
		g.choose(r)
		list = append(list, g)
		if g.isNew {
			continue
		}
		w.Projects = append(w.Projects, simulator.Project{
			Name: name, Status: pick(r, statuses[:3]), Description: "by hand", Owners: []string{robot, approver},
			KeyUsers: otherUsers[:1], CustomFields: map[string][]string{"Cost Centre": {"4711"}},
		})
	}
	return list
}

// choose asks for other settings.
func (g *governed) choose(r *rand.Rand) {
	shuffled := slices.Clone(managedUsers)
	r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	g.holders, g.members = shuffled[:1+r.IntN(2)], shuffled[2:]
	g.description = fmt.Sprintf("text %d", r.IntN(1000))
}

// blocks are the configuration of a governed project.
func (g *governed) blocks(trustee func(string) string) string {
	name := strings.TrimPrefix(g.dn, projects)
	quoted := func(users []string) string {
		var list []string
		for _, user := range users {
			list = append(list, fmt.Sprintf("%q", trustee(user)))
		}
		return strings.Join(list, ", ")
	}
	if g.isNew {
		return fmt.Sprintf(`resource "codesign_project" %q {
  dn          = %q
  description = %q
  owners      = [%s]
  key_users   = [%s]
  %s
}
`, name, g.dn, g.description, quoted([]string{robot}), quoted(g.holders), timeouts) +
			memberBlock(name, fmt.Sprintf("guid = codesign_project.%s.guid", name), quoted(g.members))
	}
	reference := fmt.Sprintf("dn = %q", g.dn)
	return fmt.Sprintf(`resource "codesign_project_role" %q {
  %s
  role     = "Audit"
  trustees = [%s]
  %s
}
`, name, reference, quoted(g.holders), timeouts) + memberBlock(name, reference, quoted(g.members))
}

func memberBlock(name, reference, members string) string {
	return fmt.Sprintf(`resource "codesign_project_role_member" %q {
  for_each = toset([%s])
  %s
  role     = "ApproveUse"
  trustee  = each.key
  %s
}
`, name, members, reference, timeouts)
}

// edits are what an administrator may change in the web console: what is not managed, and what is.
func (g *governed) edit(r *rand.Rand) simulator.ProjectEdit {
	change := simulator.ListEdit{Add: otherUsers[:1], Remove: otherUsers[1:]}
	if r.IntN(2) == 0 {
		change = simulator.ListEdit{Add: otherUsers[1:], Remove: otherUsers[:1]}
	}
	fields := map[string][]string{"Stage": {fmt.Sprint(r.IntN(1000))}}
	choices := []simulator.ProjectEdit{
		{CustomFields: fields},
		{KeyUseApprovers: change},
		{CustomFields: fields, KeyUseApprovers: change},
		{KeyUseApprovers: simulator.ListEdit{Remove: g.members}},
	}
	if g.isNew {
		choices = append(choices, simulator.ProjectEdit{Auditors: change}, simulator.ProjectEdit{KeyUsers: change})
	} else {
		text := fmt.Sprintf("by hand %d", r.IntN(1000))
		choices = append(choices, simulator.ProjectEdit{KeyUsers: change, Description: &text},
			simulator.ProjectEdit{Auditors: change}, simulator.ProjectEdit{Owners: change})
	}
	return pick(r, choices)
}

// unmanaged is the part of a project that belongs to people.
func (g *governed) unmanaged(p simulator.Project, trustee func(string) string) string {
	managed := map[string]bool{}
	for _, user := range managedUsers {
		managed[trustee(user)] = true
	}
	approvers := slices.DeleteFunc(slices.Clone(p.KeyUseApprovers), func(t string) bool { return managed[t] })
	text := fmt.Sprintf("approvers %v, fields %v", sorted(approvers), p.CustomFields)
	if g.isNew {
		return text + fmt.Sprintf(", auditors %v", sorted(p.Auditors))
	}
	return text + fmt.Sprintf(", owners %v, key users %v, %q", sorted(p.Owners), sorted(p.KeyUsers), p.Description)
}

func sorted(list []string) []string { return slices.Sorted(slices.Values(list)) }

// settingsViolations are what may never be in projects whose settings are managed.
func (s *soak) settingsViolations() []string {
	var found []string
	for _, e := range s.server.Remarks() {
		if e.User == robot && !isOvertaken(e.Detail) {
			found = append(found, fmt.Sprintf("%s: %s", e.Object, e.Detail))
		}
	}
	for _, g := range s.governed {
		if p, exists := s.server.Project(g.dn); exists {
			found = append(found, s.people.lost(g.dn, g.unmanaged(p, s.server.Trustee))...)
		}
	}
	return found
}

// isOvertaken reports whether an edit of a person right before the request explains a remark on it.
func isOvertaken(remark string) bool {
	return strings.Contains(remark, "changes nothing") || strings.Contains(remark, "without Dirty")
}

// checkSettings compares a resource of the state with the server.
func (r *round) checkSettings(kind string, values map[string]any) {
	guid, _ := values["guid"].(string)
	for _, g := range r.governed {
		p, exists := r.server.Project(g.dn)
		if !exists || !strings.EqualFold(strings.Trim(guid, "{}"), p.GUID) || r.people.wasTouched(g.dn) {
			continue
		}
		compare := func(attribute string, want any) {
			if got := values[attribute]; fmt.Sprint(got) != fmt.Sprint(want) {
				r.fail("the state says that %s of %s is %v, the server says %v", attribute, g.dn, got, want)
			}
		}
		switch kind {
		case "codesign_project":
			compare("description", p.Description)
			compare("key_users", sorted(p.KeyUsers))
			compare("auditors", sorted(p.Auditors))
		case "codesign_project_role":
			compare("trustees", sorted(p.Auditors))
		case "codesign_project_role_member":
			compare("active", slices.Contains(p.KeyUseApprovers, fmt.Sprint(values["trustee"])))
		}
	}
}
