package ticket

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// createdKey is where the plan of a create keeps the ticket that it is for. When the CLI replaces
// an object, it destroys the old one with the private state of that plan. So a destroy that finds
// the key knows which ticket the new object decides next.
const createdKey = "created_guid"

// planCreated keeps the ticket of a create; an empty GUID stands for one that is not known yet.
func planCreated(ctx context.Context, private privateWriter, plan *model, diagnostics *diag.Diagnostics) {
	value, err := json.Marshal(plan.GUID.ValueString())
	if err != nil {
		diagnostics.AddError("Could not keep the decision", err.Error())
		return
	}
	diagnostics.Append(private.SetKey(ctx, createdKey, value)...)
}

// forgetCreated ends what planCreated began, after the create and in the plan of a plain destroy.
func forgetCreated(ctx context.Context, private privateWriter, diagnostics *diag.Diagnostics) {
	diagnostics.Append(private.SetKey(ctx, createdKey, nil)...)
}

// successor is the object that a replacement creates after the destroy.
type successor int

const (
	noSuccessor successor = iota
	// sameTicket is decided by the new object, which adopts the decision.
	sameTicket
	// unknownTicket may be the same.
	unknownTicket
	otherTicket
)

func successorOf(ctx context.Context, private privateReader, state *model, diagnostics *diag.Diagnostics) successor {
	value, found := private.GetKey(ctx, createdKey)
	diagnostics.Append(found...)
	var guid string
	switch {
	case len(value) == 0 || json.Unmarshal(value, &guid) != nil:
		return noSuccessor
	case guid == "":
		return unknownTicket
	case dn.EqualGUID(guid, state.GUID.ValueString()):
		return sameTicket
	default:
		return otherTicket
	}
}

// lostWindowError stops a replacement that would reopen a ticket whose decision cannot be sent again.
func lostWindowError(guid string, decision schedule.Decision) error {
	return &failure.Error{
		Code: failure.WindowClosed, Operation: "replace", Object: guid, Attribute: failure.Object,
		Message: fmt.Sprintf("workflow ticket %s was not reopened: its decision %s cannot be sent again, and the new object may be for the same ticket",
			guid, decision),
	}
}
