package ticket_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket"
)

// CLIs plan once more before an update whose guid was not known. This is for
// clients that do not.
func TestAnUpdateDecidesNoOtherTicket(t *testing.T) {
	env := acctest.Start(t, decisionWorld(decided("Rejected"), decisionSecond))
	s := connect(t, env)
	read := s.imported(t, guid)
	planned := fill(t, s.resource, map[string]tftypes.Value{
		"guid": decisionText(other), "status": decisionText("Approved"), "current_status": tftypes.NewValue(tftypes.String, tftypes.UnknownValue),
	})
	applied, err := s.ApplyResourceChange(t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: ticket.TypeName, PriorState: read.NewState, PlannedState: planned, PlannedPrivate: read.Private, PlannedIdentity: read.NewIdentity,
		Config: fill(t, s.resource, map[string]tftypes.Value{"guid": decisionText(other), "status": decisionText("Approved")}),
	})
	if err != nil || len(applied.Diagnostics) != 1 {
		t.Fatal(err, applied.Diagnostics)
	}
	d := applied.Diagnostics[0]
	if d.Summary != "The guid is another ticket's" || d.Attribute.String() != `AttributeName("guid")` || !strings.Contains(d.Detail, "Nothing was sent") {
		t.Errorf("got %s at %s: %s", d.Summary, d.Attribute, d.Detail)
	}
	wantSent(t, env, 0)
}

func TestAnIdentityThatNamesNoTicketIsNotAskedFor(t *testing.T) {
	env := acctest.Start(t, decisionWorld())
	s := connect(t, env)
	for _, named := range []any{nil, "", " ", "renewal", zeros} {
		im, err := s.ImportResourceState(t.Context(), &tfprotov6.ImportResourceStateRequest{
			TypeName: ticket.TypeName,
			Identity: &tfprotov6.ResourceIdentityData{IdentityData: fill(t, s.identity, map[string]tftypes.Value{"guid": tftypes.NewValue(tftypes.String, named)})},
		})
		if err != nil || len(im.Diagnostics) != 1 || im.Diagnostics[0].Summary != "Invalid import id" {
			t.Errorf("%q: %v %v", named, err, im.Diagnostics)
		}
	}
	wantNoRequests(t, env)
}
