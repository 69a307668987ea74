package ticket

import (
	"time"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// request is what somebody wants of a ticket; resource and action share it.
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

// end is the start or stop of the schedule; null where there is no schedule.
func (r *request) end(name string) attr.InstantValue {
	if value, ok := r.Schedule.Attributes()[name].(attr.InstantValue); ok {
		return value
	}
	return attr.NewInstantNull()
}

// known is false while the status or a part of the schedule is not.
func (r *request) known() bool {
	return !r.Status.IsUnknown() && !r.Schedule.IsUnknown() && !r.end("start").IsUnknown() && !r.end("stop").IsUnknown()
}

// decision is status and schedule; it has to be known.
func (r *request) decision() schedule.Decision {
	return schedule.Decision{Status: r.Status.ValueString(), Start: instant(r.end("start")), Stop: instant(r.end("stop"))}
}

// problems applies the rules to what is known already.
func (r *request) problems() []schedule.Problem {
	if r.Status.IsUnknown() || r.Schedule.IsUnknown() {
		return nil
	}
	var window *schedule.Window
	if !r.Schedule.IsNull() {
		window = &schedule.Window{Start: bound(r.end("start")), Stop: bound(r.end("stop"))}
	}
	return schedule.Check(r.Status.ValueString(), window)
}

func bound(v attr.InstantValue) schedule.Bound {
	return schedule.Bound{Given: !v.IsNull(), Time: instant(v)}
}

// instant is zero for what is null, unknown or, as its validator reports, no time.
func instant(v attr.InstantValue) time.Time {
	t, err := schedule.ParseInstant(v.ValueString())
	if err != nil {
		return time.Time{}
	}
	return t
}

// order is the decision with everything that is sent along.
func (r *request) order() decide.Request {
	return decide.Request{
		GUID:        dn.CanonicalGUID(r.GUID.ValueString()),
		Decision:    r.decision(),
		Explanation: r.Explanation.ValueString(),
		Reason:      r.Reason.ValueString(),
		UserData:    r.UserData.ValueString(),
		ObjectDN:    r.ObjectDN.ValueString(),
		Approvers:   r.approvers(),
	}
}

func (r *request) approvers() []string {
	var out []string
	for _, element := range r.Approvers.Elements() {
		if s, ok := element.(types.String); ok {
			out = append(out, s.ValueString())
		}
	}
	return out
}
