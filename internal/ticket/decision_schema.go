package ticket

import (
	"context"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func (r *decisionResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Decides a workflow ticket: approves it, at once or for a window of time, or rejects it. " +
			"The decision is sent once. The same decision found on the server is adopted, another one there is an error. " +
			"A decision changes in place while its ticket exists; once the server has consumed the ticket nothing is left to do, and plans are empty. " +
			"Blocks of this type carry `provider = codesign`.",
		Attributes: attributes(),
	}
}

func attributes() map[string]schema.Attribute {
	all := sentAttributes()
	maps.Copy(all, decisionTicketAttributes())
	all["guid"] = schema.StringAttribute{
		CustomType: attr.GUIDType{}, Required: true,
		Validators: []validator.String{attr.ValidGUID()},
		MarkdownDescription: "GUID of the ticket, with or without braces, in any case. Another GUID replaces the resource; " +
			"another spelling of the same one does not. A GUID that a plan does not know yet is taken to be that of the same ticket; " +
			"should it turn out to be another one's, the apply stops and the next plan replaces the resource.",
	}
	all["reopen_on_destroy"] = schema.BoolAttribute{
		Optional: true,
		MarkdownDescription: "Set the ticket back to `Pending` when this resource is destroyed, if the ticket still exists by then. " +
			"Default `false`: the decision stays. It has to be applied before the destroy to have an effect. Changing it sends nothing.",
	}
	return all
}

// sentAttributes are what goes to the server with the decision.
func sentAttributes() map[string]schema.Attribute {
	const sent = " Sent as it is. A change sends the decision again, while the ticket exists; removing it sends nothing."
	return map[string]schema.Attribute{
		"status": schema.StringAttribute{
			Required: true,
			MarkdownDescription: "The decision: `" + strings.Join(schedule.Statuses(), "`, `") + "`. " +
				"`Approved After` lets the ticket go on from a moment on, `Approved Between` only within a window. Changed in place, while the ticket exists.",
			Validators: []validator.String{stringvalidator.OneOf(schedule.Statuses()...)},
		},
		"schedule":    scheduleAttribute(),
		"explanation": schema.StringAttribute{Optional: true, MarkdownDescription: "Why the ticket is decided like this, for people to read, for instance a change number." + sent},
		"reason":      schema.StringAttribute{Optional: true, MarkdownDescription: "Reason for the change." + sent},
		"user_data":   schema.StringAttribute{Optional: true, MarkdownDescription: "Additional information for the workflow." + sent},
		"object_dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Optional: true,
			Validators:          []validator.String{attr.ValidDN()},
			MarkdownDescription: "Distinguished name of the workflow object, like `\\VED\\Policy\\Web\\shop.example.test`; in HCL each backslash is written twice." + sent,
		},
		"approvers": schema.SetAttribute{
			Optional: true, ElementType: types.StringType,
			MarkdownDescription: "Identities to send with the decision, as prefixed universals like `local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}`." + sent,
			Validators:          []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(prefixedUniversal)},
		},
	}
}

func scheduleAttribute() schema.Attribute {
	const format = "RFC 3339 with an offset, like `2026-12-01T22:00:00Z` or `2026-12-01T23:00:00+01:00`. " +
		"The same moment in another zone is no change."
	return schema.SingleNestedAttribute{
		Optional: true,
		MarkdownDescription: "The window of a scheduled approval. `Approved After` needs `start`; `Approved Between` needs both, with `stop` after `start`; " +
			"`Approved` and `Rejected` take none; null for both is none. `Approved After` with a `stop` is sent as given, with a warning. " +
			"A window that is over when it would be sent is an error. Changed in place, while the ticket exists.",
		Attributes: map[string]schema.Attribute{
			"start": schema.StringAttribute{
				CustomType: attr.InstantType{}, Optional: true,
				Validators:          []validator.String{attr.ValidInstant()},
				MarkdownDescription: "The moment from which the ticket may go on. " + format,
			},
			"stop": schema.StringAttribute{
				CustomType: attr.InstantType{}, Optional: true,
				Validators:          []validator.String{attr.ValidInstant()},
				MarkdownDescription: "The moment from which it may not go on any more. " + format,
			},
		},
	}
}

// decisionTicketAttributes are what the server tells.
func decisionTicketAttributes() map[string]schema.Attribute {
	computed := func(text string) schema.Attribute {
		return schema.StringAttribute{Computed: true, MarkdownDescription: text + " Null if the server never told; after the ticket was consumed, as it was last seen."}
	}
	return map[string]schema.Attribute{
		"current_status": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "What the server says now, in its own words: one of the decisions above, `Pending`, or `" + processed + "` once it has consumed the ticket. " +
				"Some servers tell every approval as `Approved`.",
		},
		"blocking":        computed("Distinguished name of the object that waits for the ticket."),
		"issued_due_to":   computed("Distinguished name of the workflow that raised the ticket."),
		"created":         computed("When the ticket was raised, in RFC 3339, UTC."),
		"updated":         computed("When the ticket was changed last, in RFC 3339, UTC."),
		"approval_reason": computed("Why an approval is asked for."),
	}
}

func (r *decisionResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"guid": identityschema.StringAttribute{
			RequiredForImport: true,
			Description:       "GUID of the ticket, with or without braces, in any case.",
		},
	}}
}
