package ticketdecision

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/decisions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// report puts an error, if there is one, at the attribute to mend.
func report(diags *diag.Diagnostics, tried string, err error) {
	if err != nil {
		reportAt(diags, attributeAtFault(err), tried, err)
	}
}

func reportAt(diags *diag.Diagnostics, at path.Path, tried string, err error) {
	tfkit.AddError(diags, at, tried, err)
}

func attributeAtFault(err error) path.Path {
	switch {
	case is[*decisions.WindowOverError](err):
		return pathOf(schedule.AtStop)
	case is[*decisions.GoneError](err), is[*decisions.DoubtError](err), is[*decisions.ConsumedError](err):
		return path.Root("guid")
	case is[*decisions.ConflictError](err), is[*decisions.OverruledError](err), is[*decisions.UnseenError](err), is[*decisions.UnclearError](err):
		return path.Root("status")
	case api.ReasonOf(err) == api.Refused:
		return path.Root("status")
	default:
		return tfkit.Blame(path.Root("guid"), err)
	}
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
