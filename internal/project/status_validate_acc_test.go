package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// unknownNameConfig has a name that is known only during the apply.
func unknownNameConfig(attribute, value string) string {
	return "resource \"terraform_data\" \"upstream\" {\n  input = " + value + "\n}\n" +
		statusConfigOf(attribute+" = terraform_data.upstream.output", "Disabled")
}

func TestAccProjectStatus_ValidateUnknownName(t *testing.T) {
	for attribute, c := range map[string]struct {
		value string
		words []string
	}{
		"dn": {
			`"Payments"`,
			[]string{"Invalid DN", "dn = terraform_data.upstream.output", "Invalid value for dn", "is only a name"},
		},
		"guid": {`"0f1e2d3c"`, []string{"Invalid GUID", "guid = terraform_data.upstream.output", "8-4-4-4-12"}},
		"project_id": {`-1`, []string{
			"Invalid Attribute Value", "project_id = terraform_data.upstream.output",
			"must be at least 1, got: -1",
		}},
	} {
		t.Run(attribute, func(t *testing.T) {
			env, provider := start(t, newWorld("Enabled"), "adam")
			s := acctest.OpenShell(t, provider)
			s.Configure(unknownNameConfig(attribute, c.value))
			s.Shows([]string{attribute, "(known after apply)"}, "plan")
			s.Fails(c.words, "apply", "-auto-approve")
			checkNoRequests(t, env)
		})
	}
}

func TestAccProjectStatus_InvalidTimeout(t *testing.T) {
	for name, c := range map[string]struct{ written, shown, member, value string }{
		"on one line": {`timeouts = { create = "x" }`, `timeouts = { create = "x" }`, "create", "x"},
		"on several lines": {
			"timeouts = {\n    create = \"1m\"\n    delete = \"0s\"\n  }", `    delete = "0s"`,
			"delete", "0s",
		},
		"below nothing": {"timeouts = {\n    update = \"-5m\"\n  }", `    update = "-5m"`, "update", "-5m"},
		"from somewhere else": {
			"timeouts = local.slow\n}\nlocals {\n  slow = { create = \"20\" }",
			"timeouts = local.slow", "create", "20",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, newWorld("Enabled"), "adam")
			s := acctest.OpenShell(t, provider)
			s.Configure(statusConfig("Disabled", c.written))
			out := s.Fails([]string{
				"Error: Invalid duration", ": " + c.shown, "Invalid value for timeouts." + c.member + ":",
				`must be a positive duration, for example "90s" or "20m", got "` + c.value + `"`,
			}, "plan")
			if n := strings.Count(out, "Error:"); n != 1 {
				t.Errorf("%d errors for one mistake:\n%s", n, out)
			}
			checkNoRequests(t, env)
		})
	}
}

func TestAccProjectStatus_InvalidArguments(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	s := acctest.OpenShell(t, provider)
	dn := `dn = "` + hcl(paymentsDN) + `"`
	var all strings.Builder
	var wanted []string
	for config, want := range map[string]string{
		statusConfigOf("project_id = 0",
			"Enabled"): "project_id = 0 Attribute project_id value must be at least 1, got: 0",
		statusConfigOf("project_id = -1",
			"Enabled"): "project_id = -1 Attribute project_id value must be at least 1, got: -1",
		statusConfigOf("project_id = 1.5",
			"Enabled"): "project_id = 1.5 Invalid value for project_id: " + noProject + "1.5",
		statusConfigOf("project_id = 1e30",
			"Enabled"): "project_id = 1e30 Invalid value for project_id: " + noProject + "1e+30",
		statusConfigOf(`guid = ""`, "Enabled"): `guid = "" Invalid value for guid: a GUID has`,
		statusConfigOf(`dn = ""`, "Enabled"):   `dn = "" Invalid value for dn: the DN is empty`,
		statusConfigOf(dn, "Enabled",
			`timeouts = { create = "0s" }`): `Invalid value for timeouts.create: ` + noDuration + `"0s"`,
		statusConfigOf(dn, "Enabled",
			`timeouts = { update = "-5m" }`): `Invalid value for timeouts.update: ` + noDuration + `"-5m"`,
		statusConfigOf(dn, "Enabled",
			`timeouts = { delete = "soon" }`): `Invalid value for timeouts.delete: ` + noDuration + `"soon"`,
		"data \"codesign_project\" \"p\" {\n  project_id = " +
			"2.5\n}\n": "project_id = 2.5 Invalid value for project_id: " + noProject + "2.5",
		"resource \"codesign_project_approval\" \"p\" {\n  " + dn + "\n  decision = \"Approved\"\n" +
			"  timeouts = { create = \"1\" }\n}\n": `Invalid value for timeouts.create: ` + noDuration + `"1"`,
	} {
		all.WriteString(forRow(len(wanted), config))
		wanted = append(wanted, want)
	}
	out := output(s, all.String(), "plan")
	for _, want := range wanted {
		if !strings.Contains(out, want) {
			t.Errorf("want %q in\n%s", want, out)
		}
	}
	if n := strings.Count(out, "Error: "); n != len(wanted) {
		t.Errorf("%d errors for %d mistakes:\n%s", n, len(wanted), out)
	}
	checkNoRequests(t, env)
}

func TestAccProjectStatus_ExactlyOneName(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	acctest.Test(t, env,
		acctest.Fails(provider+statusConfig("Enabled", `project_id = 4711`), "Invalid Attribute Combination"),
		acctest.Fails(provider+statusConfigOf("", "Enabled"), "Missing Attribute Configuration"),
	)
}

func TestAccProjectStatus_InvalidNames(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct{ dn, complaint string }{
		"leading blanks":       {projectsDN + `  P`, "begins or ends with a space"},
		"a trailing backslash": {paymentsDN + `\`, "ends with a backslash"},
		"256 characters":       {projectsDN + strings.Repeat("x", 256-len(projectsDN)), "256 characters"},
		"only a name":          {"Payments", "is only a name"},
	} {
		rows[name] = acctest.Fails(provider+statusConfigOf(`dn = "`+hcl(c.dn)+`"`, "Disabled"), "Invalid DN", "dn =",
			c.complaint)
	}
	acctest.Refused(t, env, rows)
}

func TestAccProjectStatus_UnusualNames(t *testing.T) {
	w := newWorld("Enabled")
	w.Projects[0].DN = projectsDN + `The "new" one`
	german := rowProject(0, "Enabled")
	german.Name = `Größe`
	w.Projects = append(w.Projects, german)
	env, provider := start(t, w, "adam")
	acctest.Test(t, env, resource.TestStep{
		Config: provider + statusConfigOf(`dn = "`+hcl(w.Projects[0].DN)+`"`, "Disabled") +
			forRow(0, statusConfigOf(`dn = "`+hcl(projectsDN+german.Name)+`"`, "Disabled")),
		Check: resource.ComposeTestCheckFunc(currentStatus("Disabled"),
			resource.TestCheckResourceAttr(rowResource(0), "current_status", "Disabled")),
	})
}
