package project_test

import (
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	projectDataProjects = `\VED\Code Signing\Projects\`
	projectDataPayments = projectDataProjects + "Payments"
	projectDataGUID     = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
	oskar               = "local:{bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb}"
	olga                = "local:{cccccccc-0000-1111-2222-bbbbbbbbbbbb}"
	app                 = `\VED\Code Signing\Signing Applications\signtool`
	windows             = `\VED\Code Signing\Signing Applications\Windows`
)

// projectDataWorld has a project with everything, and others that differ in name, status and role.
func projectDataWorld() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "adam", Admin: true, Config: true},
			{Name: "oskar", Universal: "bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb"},
			{Name: "olga", Universal: "cccccccc-0000-1111-2222-bbbbbbbbbbbb"},
			{Name: "idle"},
		},
		Applications: []simulator.Object{{Name: "signtool", ID: 81, GUID: "aaaaaaaa-1111-1111-1111-111111111111"}},
		Collections:  []simulator.Object{{Name: "Windows", ID: 82, GUID: "aaaaaaaa-2222-2222-2222-222222222222"}},
		Projects: []simulator.Project{
			{Name: "Web", ID: 12, Status: "Draft", Owners: []string{"olga"}, KeyUsers: []string{"olga"}},
			{
				Name: "Payments", ID: 4711, GUID: projectDataGUID[1:37], Status: "Enabled", Description: "stage 2",
				Owners: []string{"olga", "oskar"}, KeyUsers: []string{"oskar"},
				Applications: []string{"signtool"}, Collections: []string{windows},
				Environments: []simulator.Environment{
					{Name: "release", Kind: "KeyPair", ID: 7, GUID: "aaaaaaaa-3333-3333-3333-333333333333", Status: "Disabled", Description: "the real one"},
					{Name: "nightly", Kind: "Certificate", ID: 8, GUID: "aaaaaaaa-4444-4444-4444-444444444444", Status: "Enabled"},
				},
				CustomFields: map[string][]string{"Cost centre": {"4711", "4712"}},
			},
			{Name: "PaymentsOld", ID: 13, Status: "9"},
		},
	}
}

func projectDataIs(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_project.it", tfjsonpath.New(attribute), want)
}

func projectDataText(s string) knownvalue.Check { return knownvalue.StringExact(s) }
