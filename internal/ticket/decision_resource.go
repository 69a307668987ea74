// Package ticket is everything typed workflow_*: the resource workflow_ticket_decision, the action
// workflow_decide_ticket, and the data sources workflow_ticket and workflow_tickets.
package ticket

import (
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// TypeName is the name of the resource. It does not begin with the provider's prefix.
const TypeName = "workflow_ticket_decision"

// NewDecisionResource returns workflow_ticket_decision.
func NewDecisionResource() resource.Resource {
	return &decisionResource{
		Definition: tfresource.Definition{
			TypeName: TypeName, NewSchema: decisionSchema,
			Validators: []resource.ConfigValidator{tfresource.Validate((*model).validate)},
		},
		Identity: tfresource.Identity{"guid": guidDescription},
	}
}

type decisionResource struct {
	config.ResourceClient
	tfresource.Definition
	tfresource.Identity
}

var _ tfresource.Importable = &decisionResource{}

// refreshLog is what this process has read and decided: tickets by their canonical GUIDs.
type refreshLog struct {
	// refreshed are the tickets that a refresh read. The apply plans again in another process, without
	// a refresh.
	refreshed sync.Map
	// created are the tickets that a create decided. With create_before_destroy the same process
	// destroys the replaced object afterwards.
	created sync.Map
}

func (r *decisionResource) log() *refreshLog { return config.Shared[refreshLog](&r.ResourceClient) }

func (m *model) isIn(tickets *sync.Map) bool {
	_, found := tickets.Load(m.canonicalGUID())
	return found
}

// newDecider logs its steps.
func newDecider(ctx context.Context, api *client.Client, timing poll.Timing) *decide.Decider {
	d := decide.New(api)
	d.Timing, d.Report = timing, diags.Reporter(ctx)
	return d
}

// validate reports errors and warnings about the known values. Create and Update apply the rules again
// to the others.
func (r *request) validate(diagnostics *diag.Diagnostics) {
	for _, p := range r.problems() {
		if p.Warning {
			diagnostics.AddAttributeWarning(pathOf(p.At), "Schedule with an undocumented part", problemText(p))
		}
	}
	r.requireValid(diagnostics, "")
}

// requireValid reports errors only. It returns false if there are any.
func (r *request) requireValid(diagnostics *diag.Diagnostics, remedy string) bool {
	problems := slices.DeleteFunc(r.problems(), func(p schedule.Problem) bool { return p.Warning })
	for _, p := range problems {
		diagnostics.AddAttributeError(pathOf(p.At), "Schedule does not fit the status", problemText(p)+remedy)
	}
	return len(problems) == 0
}

// problemText names the attribute, because the CLI may not show its line.
func problemText(p schedule.Problem) string { return "Attribute " + string(p.At) + ": " + p.Text }

// pathOf is the path for which the CLI shows the line of an attribute.
func pathOf(place schedule.Place) path.Path {
	attribute, member, isMember := strings.Cut(string(place), ".")
	if !isMember {
		return path.Root(attribute)
	}
	return attr.ReportablePath(path.Root(attribute).AtName(member))
}

// Descriptions that the resource, the action and the data sources share.
const (
	guidDescription = "GUID of the ticket, with or without braces."

	timeFormat = ", in RFC 3339 with an offset, such as `2026-12-01T22:00:00Z`."

	shortStatusDescription = "Some servers show each approval as `Approved`."
)

var prefixedUniversal = stringvalidator.RegexMatches(regexp.MustCompile(`^[^:\s][^:]*:\S.*$`),
	"must be a prefixed universal, such as local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}")

func decisionSchema() schema.Schema {
	all := requestAttributes(requestNotes{
		guid:   " Another GUID replaces the resource.",
		status: " Changes in place while the ticket exists.",
		window: " if it would be sent.", start: " The same time in another zone is not a change.",
		reason: "Reason for the change.",
		sent: " Sent unchanged; a change sends the decision again while the ticket exists, a removal sends " +
			"nothing.",
	})
	all["reopen_on_destroy"] = attr.Bool(attr.Optional, "Set the ticket back to `Pending` when the resource is "+
		"destroyed, if the ticket still exists; apply the argument before the destroy. Default: `false`, which keeps "+
		"the decision.")
	all["current_status"] = attr.String(attr.Computed, "Status on the server: one of the decisions, `Pending`, or `"+
		processed+"` after the server has consumed the ticket. "+shortStatusDescription)
	maps.Copy(all, detailAttributes(" Null if the server does not show it; keeps its value after the ticket was "+
		"consumed."))
	return schema.Schema{
		MarkdownDescription: "Decides a workflow ticket once: approves it, immediately or within a window, or " +
			"rejects it." + needsProvider,
		Attributes: all,
	}
}

// requestNotes are the descriptions that differ between the resource and the action, or their ends.
type requestNotes struct{ guid, status, window, start, reason, sent string }

// requestAttributes are the attributes of request.
func requestAttributes(notes requestNotes) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"guid": attr.GUID(attr.Required, guidDescription+notes.guid),
		"status": attr.String(attr.Required, "The decision: `"+strings.Join(schedule.Statuses(), "`, `")+"`."+
			notes.status, stringvalidator.OneOf(schedule.Statuses()...)),
		"schedule": schema.SingleNestedAttribute{
			Optional: true,
			MarkdownDescription: "The window of a scheduled approval: `start` for `Approved After`, `start` and a " +
				"later `stop` for `Approved Between`. A window that has ended is an error" + notes.window,
			Attributes: map[string]schema.Attribute{
				"start": attr.Instant(attr.Optional, "Start of the window"+timeFormat+notes.start),
				"stop":  attr.Instant(attr.Optional, "End of the window"+timeFormat),
			},
		},
		"explanation": attr.String(attr.Optional, "Explanation of the decision, such as a change number."+notes.sent),
		"reason":      attr.String(attr.Optional, notes.reason+notes.sent),
		"user_data":   attr.String(attr.Optional, "Additional information for the workflow."+notes.sent),
		"object_dn": attr.DN(attr.Optional, "DN of the workflow object, such as "+
			"`\\VED\\Policy\\Web\\shop.example.test` (in HCL, write each backslash twice)."+notes.sent),
		"approvers": attr.Set(attr.Optional, "Identities that are sent with the decision, as prefixed universals "+
			"such as `local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}`."+notes.sent, prefixedUniversal),
	}
}

// detailAttributes are the attributes of details. Unseen says what they are if the server does not
// show them.
func detailAttributes(unseen string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"blocking":      attr.String(attr.Computed, "DN of the object that waits for the ticket."+unseen),
		"issued_due_to": attr.String(attr.Computed, "DN of the workflow that created the ticket."+unseen),
		"created":       attr.String(attr.Computed, "When the ticket was created, in RFC 3339, UTC."+unseen),
		"updated":       attr.String(attr.Computed, "When the ticket was last changed, in RFC 3339, UTC."+unseen),

		"approval_reason": attr.String(attr.Computed, "Why the workflow requires an approval."+unseen),
	}
}

func (r *request) decideSummary() string {
	return "Unable to decide workflow ticket " + r.GUID.ValueString()
}

func (r *request) planSummary() string {
	return "Unable to plan the decision on workflow ticket " + r.GUID.ValueString()
}

func readSummary(guid string) string { return "Unable to read workflow ticket " + guid }

// report adds an error, if there is one, at the attribute that caused it.
func report(diagnostics *diag.Diagnostics, summary string, err error) {
	if err != nil {
		diags.AddError(diagnostics, attributeFor(err), summary, err)
	}
}

func attributeFor(err error) path.Path {
	if failure.CodeOf(err) == "" {
		return diags.AttributeFor(path.Root("guid"), err)
	}
	switch attribute := failure.AttributeOf(err); attribute {
	case "", failure.NoAttribute:
		return path.Empty()
	case failure.Object:
		return path.Root("guid")
	default:
		return pathOf(schedule.Place(attribute))
	}
}

// withRemoval adds that the block can be removed, for errors after which the resource has no use.
func withRemoval(err error) error {
	switch failure.CodeOf(err) {
	case failure.NotFound:
		return diags.WithRemedy(err, "If the ticket was decided and consumed, this block can be removed.")
	case failure.Consumed:
		return diags.WithRemedy(err, "Revert the change, or remove the block. A block that was never applied can be "+
			"removed as well.")
	case failure.Obsolete:
		return diags.WithRemedy(err, "This block can be removed.")
	default:
		return err
	}
}

// unknownDecisionError stops a replacement that would destroy a decision before the new one is known.
func unknownDecisionError(guid, status string) error {
	return &failure.Error{
		Code: failure.NotApplicable, Attribute: failure.Status,
		Message: "workflow ticket " + guid + " is " + status + ", and the decision of the new object is not known yet",
		Remedy: "The ticket may not accept another decision after the replacement. Apply the resources that status " +
			"and schedule depend on first, with -target, or do not replace the resource.",
	}
}
