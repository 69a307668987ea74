package simulator_test

import (
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// A server over TLS, a client's token, and a person who works beside the client.
func Example() {
	s := simulator.New(simulator.World{
		Users:    []simulator.User{{Name: "ada", Admin: true}, {Name: "olaf"}},
		Projects: []simulator.Project{{Name: "Payments", Owners: []string{"olaf"}}},
	})
	if _, err := s.StartTLS(); err != nil {
		panic(err)
	}
	defer s.Close()

	fmt.Println(len(s.Token("olaf", "codesign:manage")), "characters of token")
	s.SetProjectStatus(`\VED\Code Signing\Projects\Payments`, "Pending")
	fmt.Println(s.ProjectStatus("Payments"), s.FlowTickets("Payments")[0].RequiredApprovals)
	if err := s.ApproveFlow("Payments", "ada"); err != nil {
		panic(err)
	}
	fmt.Println(s.ProjectStatus("Payments"))
	for _, e := range s.Journal() {
		fmt.Printf("%s by %q\n", e.Kind, e.User)
	}
	// Output:
	// 24 characters of token
	// Pending 1
	// Enabled
	// status by ""
	// submitted by ""
	// flow-approved by "ada"
	// status by "ada"
}
