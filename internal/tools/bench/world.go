package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

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
	part, dn := n/kinds, dnExpression("count.index")
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
`, n-2*part, dn, part, dn, auditor, part, dn, keyUseApprover)
}

// importProjects imports the projects of settings, which exist already.
func importProjects(n int) string {
	return fmt.Sprintf(`import {
  for_each = range(%d)
  to       = codesign_project.p[each.value]
  id       = %s
}
`, n-2*(n/kinds), dnExpression("each.value"))
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
