package main

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Each object has a number that all of its names contain. So the state of one object is that of
// another with the number replaced.
const (
	firstNumber = 1_000_000
	apiUser     = "robot"
	folder      = `\VED\Code Signing\Projects\`
	baseline    = "baseline" // the provider that does nothing
	maxRequests = 16         // of one data source
)

func guidOf(i int) string { return fmt.Sprintf("6ede0e12-f7c0-4068-9977-%012d", firstNumber+i) }

func dnOf(i int) string { return fmt.Sprintf("%sTeam %d", folder, firstNumber+i) }

// world has n enabled projects of the usual size.
func world(n int) simulator.World {
	w := simulator.World{Users: []simulator.User{{Name: apiUser, Admin: true, Config: true}}}
	universals := map[string]string{"abel": auditorGUID, "ada": approverGUID}
	for _, name := range []string{"olga", "otto", "kim", "karl", "kate", "ada", "abel"} {
		w.Users = append(w.Users, simulator.User{
			Name: name, FullName: name + " of the bench", Universal: universals[name],
		})
	}
	for i := range n {
		w.Projects = append(w.Projects, simulator.Project{
			DN: dnOf(i), GUID: guidOf(i), ID: int64(firstNumber + i), Status: "Enabled",
			Description: "Signs what the team releases.",
			Owners:      []string{"olga", "otto"}, KeyUsers: []string{"kim", "karl", "kate"},
			KeyUseApprovers: []string{"ada"}, Auditors: []string{"abel"},
			Environments: []simulator.Environment{
				{Name: "Release", Status: "Enabled", Description: "Signs releases"},
				{Name: "Test", Kind: "KeyPair", Status: "Enabled", Description: "Signs what is tested"},
			},
		})
	}
	return w
}

// providerBlock has no URL and no token: both come from the environment.
func providerBlock(name string) string {
	name = cmp.Or(name, "codesign")
	return fmt.Sprintf(`terraform {
  required_providers {
    %[1]s = { source = "codesign-tf/%[1]s" }
  }
}
provider %[1]q {
}
`, name)
}

// dnExpression is the DN of the object whose index an HCL expression gives.
func dnExpression(index string) string {
	return fmt.Sprintf(`"%sTeam ${%d + %s}"`, strings.ReplaceAll(folder, `\`, `\\`), firstNumber, index)
}

func statuses(n int, status string) string {
	return fmt.Sprintf(`resource "codesign_project_status" "p" {
  count  = %d
  dn     = %s
  status = %q
}
`, n, dnExpression("count.index"), status)
}

// kinds is how many types of resources have the settings of projects.
const kinds = 3

// settings has n resources in equal parts: projects, and a role and a member of each of them.
func settings(n int) string {
	parts, dn := shares(n, kinds), dnExpression("count.index")
	return fmt.Sprintf(`resource "codesign_project" "p" {
  count       = %d
  dn          = %s
  description = "Signs what the team releases."
}
resource "codesign_project_role" "r" {
  count    = %d
  dn       = %s
  role     = "Audit"
  trustees = [%q]
}
resource "codesign_project_role_member" "m" {
  count   = %d
  dn      = %s
  role    = "ApproveUse"
  trustee = %q
}
`, parts[0], dn, parts[1], dn, auditor, parts[2], dn, keyUseApprover)
}

// importProject imports the first project, which exists already.
func importProject() string {
	return fmt.Sprintf("import {\n  to = codesign_project.p[0]\n  id = %q\n}\n", guidOf(0))
}

// Trustees of every project.
const (
	auditor        = "local:{" + auditorGUID + "}"
	auditorGUID    = "abe10000-0000-4000-8000-000000000001"
	keyUseApprover = "local:{" + approverGUID + "}"
	approverGUID   = "ada00000-0000-4000-8000-000000000002"
)

func rightsDataSources(n int) string {
	return fmt.Sprintf(`data "codesign_object_rights" "p" {
  count = %d
  dn    = %s
}
`, n, dnExpression("count.index"))
}

func rightsMatrix(n int) string {
	return fmt.Sprintf(`data "codesign_rights_matrix" "all" {
  dns = [for i in range(%d) : %s]
}
`, n, dnExpression("i"))
}

func idleResources(n int) string {
	return strings.ReplaceAll(statuses(n, "Enabled"), "codesign_project_status", "baseline_status")
}

func idleDataSources(n int) string {
	return strings.ReplaceAll(rightsDataSources(n), "codesign_object_rights", "baseline_rights")
}

// copyInstances makes a state with n instances of one that has a single instance of each resource.
func copyInstances(file []byte, n int) ([]byte, error) {
	var state map[string]any
	if err := json.Unmarshal(file, &state); err != nil {
		return nil, err
	}
	resources, _ := state["resources"].([]any)
	counts := shares(n, len(resources))
	for i := range resources {
		resource, _ := resources[i].(map[string]any)
		instances, _ := resource["instances"].([]any)
		if len(instances) != 1 {
			return nil, fmt.Errorf("the state has not exactly one instance of each resource: %s", file)
		}
		copies := make([]any, counts[i])
		for number := range copies {
			copied, err := renumber(instances[0], number)
			if err != nil {
				return nil, err
			}
			copies[number] = copied
		}
		resource["instances"] = copies
	}
	return json.Marshal(state)
}

// shares divides n into equal parts; the first takes the rest.
func shares(n, parts int) []int {
	list := make([]int, parts)
	for i := range list {
		list[i] = n / parts
	}
	if parts > 0 {
		list[0] += n % parts
	}
	return list
}

// renumber copies an instance, with the number of another object everywhere, the private state
// included. The framework stores that as a JSON object of byte strings.
func renumber(instance any, i int) (map[string]any, error) {
	number := strings.NewReplacer(strconv.Itoa(firstNumber), strconv.Itoa(firstNumber+i))
	text, err := json.Marshal(instance)
	if err != nil {
		return nil, err
	}
	var renumbered map[string]any
	if err := json.Unmarshal([]byte(number.Replace(string(text))), &renumbered); err != nil {
		return nil, err
	}
	renumbered["index_key"] = i
	encoded, ok := renumbered["private"].(string)
	if !ok {
		return renumbered, nil
	}
	private, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil {
		return nil, err
	}
	var values map[string][]byte
	if err := json.Unmarshal(private, &values); err != nil {
		return nil, err
	}
	for key, value := range values {
		values[key] = []byte(number.Replace(string(value)))
	}
	private, err = json.Marshal(values)
	renumbered["private"] = base64.StdEncoding.EncodeToString(private)
	return renumbered, err
}
