package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// warnFlow warns, once in a run, of a flow that may ask for an approval.
func (p *settingsPlan) warnFlow(of string, flow *string) {
	if flow == nil || *flow == "" || !p.refreshLog.Reported.First("flow of "+of) {
		return
	}
	addWarning(p.diagnostics, path.Empty(), fmt.Sprintf("The flow %s may ask for an approval of project %s",
		dn.Name(*flow), of),
		fmt.Sprintf("The global configuration assigns the flow %s to %s of projects. If the flow has approvers, the "+
			"server carries out the change after their approval. The apply waits for it until its timeout, and the "+
			"next apply continues to wait. A flow without approvers has a DN too, so the approval is not certain.",
			redact.Visible(*flow), of))
}

// checkDeletion reports the flow that a deletion may wait for.
func (p *settingsPlan) checkDeletion(ctx context.Context) {
	if p.api == nil {
		return
	}
	if configuration, err := p.api.GetGlobalConfigurationCached(ctx); err == nil && configuration != nil {
		p.warnFlow("deletions", configuration.ProjectDeleteFlowDN)
	}
}

var _ settingsReader = (*client.Client)(nil)
