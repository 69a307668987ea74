package ticket

import (
	"time"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// request is the arguments that the resource and the action share.
type request struct {
	GUID        attr.GUIDValue `tfsdk:"guid"`
	Status      types.String   `tfsdk:"status"`
	Schedule    types.Object   `tfsdk:"schedule"`
	Explanation types.String   `tfsdk:"explanation"`
	Reason      types.String   `tfsdk:"reason"`
	UserData    types.String   `tfsdk:"user_data"`
	ObjectDN    attr.DNValue   `tfsdk:"object_dn"`
	Approvers   types.Set      `tfsdk:"approvers"`
}

// scheduleTypes are the members of the schedule object.
var scheduleTypes = map[string]fwattr.Type{"start": attr.InstantType{}, "stop": attr.InstantType{}}

// canonicalGUID does not change with the spelling of the configuration.
func (r *request) canonicalGUID() string { return dn.CanonicalGUID(r.GUID.ValueString()) }

// instant is a member of the schedule; null if there is no schedule.
func (r *request) instant(name string) attr.InstantValue {
	if value, ok := r.Schedule.Attributes()[name].(attr.InstantValue); ok {
		return value
	}
	return attr.NewInstantNull()
}

// isKnown is false while the status or a part of the schedule is unknown.
func (r *request) isKnown() bool {
	return !r.Status.IsUnknown() && !r.Schedule.IsUnknown() && !r.instant("start").IsUnknown() &&
		!r.instant("stop").IsUnknown()
}

// decision is the status and the schedule, which must be known.
func (r *request) decision() schedule.Decision {
	return schedule.Decision{
		Status: r.Status.ValueString(), Start: timeOf(r.instant("start")), Stop: timeOf(r.instant("stop")),
	}
}

// problems applies the rules of schedules to the known values.
func (r *request) problems() []schedule.Problem {
	if r.Status.IsUnknown() || r.Schedule.IsUnknown() {
		return nil
	}
	var window *schedule.Window
	if !r.Schedule.IsNull() {
		window = &schedule.Window{Start: boundOf(r.instant("start")), Stop: boundOf(r.instant("stop"))}
	}
	return schedule.Check(r.Status.ValueString(), window)
}

func boundOf(v attr.InstantValue) schedule.Bound {
	return schedule.Bound{Given: !v.IsNull(), Time: timeOf(v)}
}

// timeOf is zero for a null, unknown or invalid value. The validator reports an invalid one.
func timeOf(v attr.InstantValue) time.Time {
	t, _ := schedule.ParseInstant(v.ValueString())
	return t
}

// decideRequest is the decision with all arguments that are sent.
func (r *request) decideRequest() decide.Request {
	var approvers []string
	for _, element := range r.Approvers.Elements() {
		if s, ok := element.(types.String); ok {
			approvers = append(approvers, s.ValueString())
		}
	}
	return decide.Request{TicketDecision: client.TicketDecision{
		GUID:        r.canonicalGUID(),
		Decision:    r.decision(),
		Explanation: r.Explanation.ValueString(),
		Reason:      r.Reason.ValueString(),
		UserData:    r.UserData.ValueString(),
		ObjectDN:    r.ObjectDN.ValueString(),
		Approvers:   approvers,
	}}
}
