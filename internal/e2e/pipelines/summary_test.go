package pipelines

import (
	"html"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// summary is what ci/summary.jq makes of the JSON of a plan.
func summary(t *testing.T, plan string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "plan.json"), plan)
	write(t, filepath.Join(dir, "plan.txt"), "the plan\n```\nof today")
	cmd := exec.CommandContext(t.Context(), "jq", "--raw-output", "--rawfile", "text", filepath.Join(dir, "plan.txt"),
		"--from-file", filepath.Join(example, "ci", "summary.jq"), filepath.Join(dir, "plan.json"))
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("jq: %v\n%s", err, out)
	}
	return string(out)
}

func resourceChange(kind, before, after string) string {
	return `{"configuration": {}, "resource_changes": [{"address": "a.b", "mode": "managed", "type": "` + kind +
		`", "change": {"actions": ["update"], "before": ` + before + `, "after": ` + after + `}}]}`
}

func TestSummary_Rows(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ kind, before, after, want string }{
		"a status": {
			"codesign_project_status", `{"current_status": "Enabled"}`, `{"dn": "P", "status": "Disabled"}`,
			"| `P` | `Enabled` | `Disabled` | – | – |",
		},
		"a submission": {
			"codesign_project_status", `null`,
			`{"dn": "P", "status": "Enabled", "initial_status": "Draft", "timeouts": {"create": "45m"}}`,
			"| `P` | `Draft` | `Enabled` | `the project's approvers` | `45m after the apply starts` |",
		},
		"a self approval": {
			"codesign_project_status", `null`,
			`{"dn": "P", "status": "Enabled", "initial_status": "Pending", "self_approve": true}`,
			"| `P` | `Pending` | `Enabled` | `the pipeline itself (self_approve)` | – |",
		},
		"a pending submission": {
			"codesign_project_status", `null`, `{"dn": "P", "status": "Enabled", "initial_status": "Pending", ` +
				`"ticket_id": 7}`,
			"| `P` | `Pending, ticket 7` | `Enabled` | `the project's approvers` | `20m after the apply starts` |",
		},
		"a provider without initial_status": {
			"codesign_project_status", `null`, `{"dn": "P", "status": "Enabled"}`,
			"| `P` | – | `Enabled` | – | – |",
		},
		"a removed block": {
			"codesign_project_status", `{"dn": "P", "current_status": "Enabled", "status_on_destroy": "Disabled"}`,
			`null`, "| `P` | `Enabled` | `Disabled` | – | – |",
		},
		"a forgotten project": {
			"codesign_project_status", `{"dn": "P", "current_status": "Enabled"}`, `null`,
			"| `P` | `Enabled` | `no longer managed` | – | – |",
		},
		"an approval": {
			"codesign_project_approval", `null`,
			`{"dn": "P", "decision": "Approved", "ticket_id": 7, "submitted_at": "2026-11-25T10:00:00Z",
			  "approvers": ["a", "b"]}`,
			"| `P` | `Pending, ticket 7, submitted 2026-11-25T10:00:00Z` | `Approved` | `a`, `b` | – |",
		},
		"an approval of an older provider": {
			"codesign_project_approval", `null`, `{"dn": "P", "decision": "Rejected"}`,
			"| `P` | `Pending` | `Rejected` | – | – |",
		},
		"a ticket": {
			"workflow_ticket_decision", `null`,
			`{"guid": "G", "blocking": "B", "status": "Approved Between", "approvers": ["a"],
			  "schedule": {"start": "1", "stop": "2"}}`,
			"| `B` | `Pending` | `Approved Between` | `a` | `1 to 2` |",
		},
		"a new project": {
			"codesign_project", `null`, `{"dn": "P", "owners": ["a"], "applications": ["s"], "description": "d"}`,
			"| `P` | `does not exist` | `Owner: +a; Applications: +s` | – | – |",
		},
		"a changed project": {
			"codesign_project", `{"dn": "P", "owners": ["a", "b"], "deletion_protection": true, "names": {"b": "Bea"}}`,
			`{"dn": "P", "owners": ["c", "a"], "deletion_protection": false, "key_users": null}`,
			"| `P` | – | `Owner: +c, -Bea; deletion_protection: false` | – | – |",
		},
		"a removed project": {
			"codesign_project", `{"dn": "P", "deletion_policy": "Disable"}`, `null`,
			"| `P` | – | `removed (Disable)` | – | – |",
		},
		"a role of a new project": {
			"codesign_project_role", `null`, `{"role": "Use", "trustees": ["a"]}`,
			"| `a new project: Use` | – | `+a` | – | – |",
		},
		"a changed role": {
			"codesign_project_role", `{"guid": "G", "role": "Use", "trustees": ["a", "b"]}`,
			`{"guid": "G", "role": "Use", "trustees": ["b", "c"], "names": {"a": "Ann", "c": "Cem"}}`,
			"| `G: Use` | – | `+Cem, -Ann` | – | – |",
		},
		"a grant": {
			"codesign_project_role_member", `null`,
			`{"dn": "P", "role": "Audit", "trustee": "a", "name": "Ann", "expires": "2027-03-31T17:00:00Z", ` +
				`"active": true}`,
			"| `P: Audit of Ann` | – | `active` | – | `2027-03-31T17:00:00Z` |",
		},
		"a grant that has ended": {
			"codesign_project_role_member", `{"dn": "P", "role": "Audit", "trustee": "a", "expires": "E", ` +
				`"active": true}`,
			`{"dn": "P", "role": "Audit", "trustee": "a", "expires": "E", "active": false}`,
			"| `P: Audit of a` | `active` | `ended` | – | `E` |",
		},
		"another type": {"terraform_data", `null`, `{}`, "| `a.b` | – | `update` | – | – |"},
	} {
		mustContain(t, name, summary(t, resourceChange(c.kind, c.before, c.after)), c.want)
	}
}

// A name is text that a project's owner chooses, on a page that reviewers trust.
func TestSummary_Names(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		`https://evil.example/`:        "`https://evil.example/`",
		`@team #1 !2 ~label`:           "`@team #1 !2 ~label`",
		`<img src=x>`:                  "`<img src=x>`",
		`[a](b)`:                       "`[a](b)`",
		`P | ` + "`x`" + ` | Approved`: `\u007c \u0060x\u0060 \u007c`,
		`\\VED\\|x`:                    "`\\VED\\\\u007cx`",
		`a\nb\u200fc\ud83d\ude00`:      "`a\\u000ab\\u200fc😀`",
		`\udb40\udc41`:                 `\U000e0041`,
	} {
		said := summary(t, resourceChange("codesign_project_status", `{"current_status": "Draft"}`,
			`{"dn": "`+name+`", "status": "Disabled"}`))
		mustContain(t, name, said, want)
		for line := range strings.Lines(said) {
			if strings.Contains(line, "Draft") && (strings.Count(line, "|") != 6 || strings.Count(line, "`") != 6) {
				t.Errorf("the name breaks its cell: %s", line)
			}
		}
	}
}

func TestSummary_Fence(t *testing.T) {
	t.Parallel()
	mustContain(t, "the summary", summary(t, `{"configuration": {}}`), "\n````text\nthe plan\n```\nof today\n````\n",
		"No changes.")
}

var (
	pictureText = regexp.MustCompile(`<text[^>]*>([^<]*)</text>`)
	spaces      = regexp.MustCompile(`\s+`)
)

// The guide shows the table that the script makes of the plan in testdata, cell by cell.
func TestSummary_Picture(t *testing.T) {
	t.Parallel()
	var shown strings.Builder
	for _, m := range pictureText.FindAllStringSubmatch(read(t,
		filepath.Join("../../..", "templates", "images", "pull-request-table.svg")), -1) {
		shown.WriteString(html.UnescapeString(m[1]))
	}
	picture := spaces.ReplaceAllString(shown.String(), "")
	rows := 0
	for line := range strings.Lines(summary(t, read(t, filepath.Join("testdata", "picture.json")))) {
		if !strings.HasPrefix(line, "|") || strings.Contains(line, "---") {
			continue
		}
		rows++
		for cell := range strings.SplitSeq(strings.ReplaceAll(line, "`", ""), "|") {
			if cell = spaces.ReplaceAllString(cell, ""); !strings.Contains(picture, cell) {
				t.Errorf("the picture does not show %q", cell)
			}
		}
	}
	if rows != 4 {
		t.Errorf("the table has %d rows, want 4", rows)
	}
}
