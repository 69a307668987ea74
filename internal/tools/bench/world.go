package main

import (
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Objects are numbered, and the number stands in each of an object's names, so
// that one object's state is another's with the number replaced.
const firstNumber = 1_000_000

const (
	robot  = "robot" // whom provider and loop log in as
	folder = `\VED\Code Signing\Projects\`
)

func number(i int) int64 { return int64(firstNumber + i) }

func guidOf(i int) string { return fmt.Sprintf("6ede0e12-f7c0-4068-9977-%012d", number(i)) }

func dnOf(i int) string { return fmt.Sprintf("%sTeam %d", folder, number(i)) }

// world has n projects of the usual size, all of them Enabled, and n workflow
// tickets that wait.
func world(n int) simulator.World {
	w := simulator.World{
		Users: []simulator.User{{Name: robot, Admin: true, Config: true}},
	}
	for _, name := range []string{"olga", "otto", "kim", "karl", "kate", "ada", "abel"} {
		w.Users = append(w.Users, simulator.User{Name: name, FullName: name + " of the bench"})
	}
	for i := range n {
		w.Projects = append(w.Projects, project(i))
		w.WorkflowTickets = append(w.WorkflowTickets, simulator.WorkflowTicket{
			GUID: guidOf(i), Approvers: []string{robot}, Blocking: dnOf(i), IssuedDueTo: `\VED\Policy\Workflows\Signing`,
		})
	}
	return w
}

func project(i int) simulator.Project {
	return simulator.Project{
		DN: dnOf(i), GUID: guidOf(i), ID: number(i), Status: "Enabled",
		Description: "Signs what the team releases.",
		Owners:      []string{"olga", "otto"}, KeyUsers: []string{"kim", "karl", "kate"},
		KeyUseApprovers: []string{"ada"}, Auditors: []string{"abel"},
		Environments: []simulator.Environment{
			{Name: "Release", Status: "Enabled", Description: "Signs releases"},
			{Name: "Test", Kind: "KeyPair", Status: "Enabled", Description: "Signs what is tested"},
		},
	}
}
