package pipelines

import (
	"os"
	"path/filepath"
	"testing"
)

const (
	grant   = `{"role": "Audit", "trustee": "AD+CORP:0011", "guid": "G", "expires": "2026-01-31T00:00:00Z", "active": `
	noGrant = `{"address": "codesign_project.this", "mode": "managed", "type": "codesign_project", ` +
		`"change": {"actions": `
)

func member(actions, before, after string) string {
	return `{"address": "module.a[\"b c\"].codesign_project_role_member.grant[\"x\"]", "mode": "managed",
		"type": "codesign_project_role_member",
		"change": {"actions": ` + actions + `, "before": ` + before + `, "after": ` + after + `}}`
}

// Without an approval, a grant is ended and nothing else is done.
func TestExpire_Check(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		changes string
		want    int
	}{
		"a grant that has ended": {member(`["update"]`, grant+`true}`, grant+`false}`), 0},
		"no change":              {member(`["no-op"]`, grant+`true}`, grant+`true}`), 0},
		"data that is read": {
			`{"address": "data.a.b", "mode": "data", "type": "a", "change": {"actions": ["read"]}}`, 0,
		},
		"a grant that begins":          {member(`["create"]`, `null`, grant+`true}`), 1},
		"a grant that is active again": {member(`["update"]`, grant+`false}`, grant+`true}`), 1},
		"a grant of another trustee": {
			member(`["update"]`, grant+`true}`, `{"role": "Audit", "trustee": "AD+CORP:0022", "active": false}`), 1,
		},
		"a removed grant":   {member(`["delete"]`, grant+`true}`, `null`), 1},
		"a changed project": {noGrant + `["update"], "before": {}, "after": {}}}`, 1},
		"a changed project beside a grant": {
			member(`["update"]`, grant+`true}`, grant+`false}`) + "," + noGrant +
				`["update"], "before": {}, "after": {}}}`, 1,
		},
		"not a plan": {`]`, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "plan.json"), `{"resource_changes": [`+c.changes+`]}`)
			script(t, filepath.Join(dir, "tf"), "[ \"$2\" != -json ] || cat plan.json")
			got := runScript(t, dir, "expire", "check", ".")
			if (got == 0) != (c.want == 0) {
				t.Errorf("expire ended with %d, want %d", got, c.want)
			}
		})
	}
}

// The second plan has the ended grants alone as its targets.
func TestExpire_Targets(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	git(t, dir, "init", "--quiet")
	write(t, filepath.Join(dir, "plan.json"), `{"resource_changes": [`+
		member(`["update"]`, grant+`true}`, grant+`false}`)+`,
		{"address": "codesign_project_role_member.other", "mode": "managed", "type": "codesign_project_role_member",
		 "change": {"actions": ["no-op"], "before": {}, "after": {}}}]}`)
	script(t, filepath.Join(dir, "tf"), `case "$1 $2" in
"state list")
	printf '%s\n' 'module.a["b c"].codesign_project_role_member.grant["x"]' codesign_project_role_member.other a.b ;;
"show -json") cat plan.json ;;
plan*) printf '%s\n' "$@" | grep target >>targets; echo end >>targets ;;
esac`)
	commit(t, dir, "A commit")
	if got := runScript(t, dir, "expire", "plan", "out"); got != 0 {
		t.Fatalf("expire ended with %d", got)
	}
	const first, other = "-target=module.a[\"b c\"].codesign_project_role_member.grant[\"x\"]\n",
		"-target=codesign_project_role_member.other\n"
	if got := read(t, filepath.Join(dir, "targets")); got != first+other+"end\n"+first+"end\n" {
		t.Errorf("the targets are\n%s", got)
	}
	if changes := read(t, filepath.Join(dir, "out", "changes")); changes != "true\n" {
		t.Errorf("changes are %q", changes)
	}
	if _, err := os.Stat(filepath.Join(dir, "out", "tree")); err != nil {
		t.Error(err)
	}
}
