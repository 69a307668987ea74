package ticket

import (
	"context"
	"maps"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// Descriptions that the resource, the action and the data sources share.
const (
	guidDescription = "GUID of the ticket, with or without braces."

	explanationDescription = "Explanation of the decision, such as a change number."
	userDataDescription    = "Additional information for the workflow."
	objectDNDescription    = "DN of the workflow object, such as `\\VED\\Policy\\Web\\shop.example.test` " +
		"(in HCL, write each backslash twice)."
	approversDescription = "Identities that are sent with the decision, as prefixed universals such as " +
		"`local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}`."
	scheduleDescription = "The window of a scheduled approval: `start` for `Approved After`, `start` and a later " +
		"`stop` for `Approved Between`."
	timeFormat = ", in RFC 3339 with an offset, such as `2026-12-01T22:00:00Z`."

	shortStatusDescription    = "Some servers show each approval as `Approved`."
	blockingDescription       = "DN of the object that waits for the ticket."
	issuedDueToDescription    = "DN of the workflow that created the ticket."
	createdDescription        = "When the ticket was created, in RFC 3339, UTC."
	updatedDescription        = "When the ticket was last changed, in RFC 3339, UTC."
	approvalReasonDescription = "Why the workflow requires an approval."
)

// statusDescription lists the decisions.
func statusDescription() string {
	return "The decision: `" + strings.Join(schedule.Statuses(), "`, `") + "`."
}

var prefixedUniversal = stringvalidator.RegexMatches(regexp.MustCompile(`^[^:\s][^:]*:\S.*$`),
	"must be a prefixed universal, such as local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}")

func decisionSchema(context.Context) schema.Schema {
	arguments := requestAttributes()
	maps.Copy(arguments, computedAttributes())
	return schema.Schema{
		MarkdownDescription: "Decides a workflow ticket once: approves it, immediately or within a window, or " +
			"rejects it." + needsProvider,
		Attributes: arguments,
	}
}

// requestAttributes are the arguments.
func requestAttributes() map[string]schema.Attribute {
	const sent = " Sent unchanged; a change sends the decision again while the ticket exists, a removal sends nothing."
	return map[string]schema.Attribute{
		"guid": schema.StringAttribute{
			CustomType: attr.GUIDType{}, Required: true,
			Validators:          []validator.String{attr.ValidGUID()},
			MarkdownDescription: guidDescription + " Another GUID replaces the resource.",
		},
		"status": schema.StringAttribute{
			Required:            true,
			MarkdownDescription: statusDescription() + " Changes in place while the ticket exists.",
			Validators:          []validator.String{stringvalidator.OneOf(schedule.Statuses()...)},
		},
		"schedule":    scheduleAttribute(),
		"explanation": schema.StringAttribute{Optional: true, MarkdownDescription: explanationDescription + sent},
		"reason":      schema.StringAttribute{Optional: true, MarkdownDescription: "Reason for the change." + sent},
		"user_data":   schema.StringAttribute{Optional: true, MarkdownDescription: userDataDescription + sent},
		"object_dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Optional: true,
			Validators:          []validator.String{attr.ValidDN()},
			MarkdownDescription: objectDNDescription + sent,
		},
		"approvers": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: approversDescription + sent,
			Validators: []validator.Set{
				setvalidator.NoNullValues(), setvalidator.ValueStringsAre(prefixedUniversal),
			},
		},
		"reopen_on_destroy": schema.BoolAttribute{
			Optional: true,
			MarkdownDescription: "Set the ticket back to `Pending` when the resource is destroyed, if the ticket " +
				"still exists; apply the argument before the destroy. Default: `false`, which keeps the decision.",
		},
	}
}

func scheduleAttribute() schema.Attribute {
	instant := func(text string) schema.Attribute {
		return schema.StringAttribute{
			CustomType: attr.InstantType{}, Optional: true, Validators: []validator.String{attr.ValidInstant()},
			MarkdownDescription: text,
		}
	}
	return schema.SingleNestedAttribute{
		Optional:            true,
		MarkdownDescription: scheduleDescription + " A window that has ended is an error if it would be sent.",
		Attributes: map[string]schema.Attribute{
			"start": instant("Start of the window" + timeFormat + " The same time in another zone is not a change."),
			"stop":  instant("End of the window" + timeFormat),
		},
	}
}

func computedAttributes() map[string]schema.Attribute {
	computed := func(text string) schema.Attribute {
		return resource.ComputedString(text + " Null if the server does not show it; keeps its value after the " +
			"ticket was consumed.")
	}
	return map[string]schema.Attribute{
		"current_status": resource.ComputedString("Status on the server: one of the decisions, `Pending`, or `" +
			processed + "` after the server has consumed the ticket. " + shortStatusDescription),
		"blocking":        computed(blockingDescription),
		"issued_due_to":   computed(issuedDueToDescription),
		"created":         computed(createdDescription),
		"updated":         computed(updatedDescription),
		"approval_reason": computed(approvalReasonDescription),
	}
}
