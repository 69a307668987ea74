package project

import (
	"context"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// announceWait warns, in the plan, of an apply that waits for people.
func (p *planning) announceWait(ctx context.Context, project *client.Project) {
	if p.goal() != lifecycle.Enabled || p.plan.SelfApprove.ValueBool() {
		return
	}
	name, upTo := dn.Name(project.DN), shortDuration(p.timeout(ctx))
	switch project.Status {
	case lifecycle.Draft:
		warn(&p.resp.Diagnostics, path.Root("status"),
			sprintf("Applying this submits project %s for approval and waits up to %s for its approvers", name, upTo),
			"The apply fails if the project is not approved in this time. The next apply continues to wait and does not submit the project again. "+
				"To submit without waiting, set status = \"Pending\". To allow more time, set timeouts.")
	case lifecycle.Pending:
		warn(&p.resp.Diagnostics, path.Root("status"),
			sprintf("Applying this waits up to %s for the approvers of project %s", upTo, name),
			"The project is submitted already and is not submitted again. The apply fails if the project is not approved in this time. "+
				"To allow more time, set timeouts.")
	default:
	}
}

func (p *planning) timeout(ctx context.Context) time.Duration {
	configured := p.plan.Timeouts.Create
	if p.managed {
		configured = p.plan.Timeouts.Update
	}
	timeout, _ := configured(ctx, statusDefaultTimeout) // the apply reports a wrong one
	return timeout
}

// shortDuration is "20m" where Duration.String is "20m0s".
func shortDuration(d time.Duration) string {
	text := d.String()
	if strings.HasSuffix(text, "m0s") {
		text = strings.TrimSuffix(text, "0s")
	}
	if strings.HasSuffix(text, "h0m") {
		text = strings.TrimSuffix(text, "0m")
	}
	return text
}

// wants is what this resource wants of its project.
func (p plannedProject) wants() config.DesiredStatus {
	return config.DesiredStatus{Name: p.name(), Status: p.Status}
}

// name is the name as the configuration has it: `dn = "…"`.
func (p plannedProject) name() string {
	at := p.address()
	if p.ProjectID != 0 {
		return sprintf("%s = %d", at.Path, p.ProjectID)
	}
	return sprintf("%s = %q", at.Path, at.Ref)
}

// compareDesired warns of two resources that want different statuses of one project: each apply
// would change it back and forth.
func (p *planning) compareDesired() {
	if p.plan.Status.IsUnknown() || p.resp.Diagnostics.HasError() {
		return
	}
	p.planned.Compared = true
	other, conflict := p.recollection.Desired.Add(p.planned.Project, p.planned.wants())
	if conflict {
		warn(&p.resp.Diagnostics, path.Root("status"), "Two resources want different statuses of one project",
			differentStatuses(p.planned.wants(), other))
	}
}

func differentStatuses(one, other config.DesiredStatus) string {
	return sprintf("%s, and %s. Both are about the same project, so each apply changes its status again. "+
		"Keep one resource for each project, or give both the same status.", says("This resource", one), says("another resource", other))
}

func says(subject string, wanted config.DesiredStatus) string {
	if wanted.OnDestroy {
		return sprintf("%s (%s) sets the status %s when it is destroyed", subject, wanted.Name, wanted.Status)
	}
	return sprintf("%s (%s) sets the status %s", subject, wanted.Name, wanted.Status)
}

// takeBack removes what the first half of planning a replacement registered for the same resource.
func (p *planning) takeBack(replaced plannedProject) {
	if replaced.Compared {
		p.recollection.Desired.Remove(replaced.Project, replaced.wants())
	}
}

// onlyDestroyWorks is true for a project that its parent disables and that a destroy leaves so. The
// plan that the CLI makes on the way to a destroy must not stop the destroy then.
func (m statusModel) onlyDestroyWorks(current lifecycle.Status) bool {
	return current == lifecycle.DisabledByParent && m.StatusOnDestroy.ValueString() == lifecycle.Disabled.String()
}

// warnOfBlocked leaves an error for the apply.
func (p *planning) warnOfBlocked(err error) {
	p.plan.CurrentStatus = types.StringUnknown()
	diags.AddWarning(&p.resp.Diagnostics, p.named.Path, "The project can't get to this status", diags.WithRemedy(err,
		"An apply of this configuration fails here and sends nothing. A destroy succeeds and leaves the project disabled."))
}
