// Package config holds what the provider passes to its resources, data sources and actions, and the
// private state of resources.
package config

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Data is what Configure of the provider returns.
type Data struct {
	// Client is nil while an argument of the provider is unknown.
	Client *client.Client
	// Unknown are the names of those arguments.
	Unknown []string
	// Login is valid while no argument is unknown.
	Login Login
	// RefreshLog is shared by all resources of this process.
	RefreshLog RefreshLog
	// shared has the values of Shared by their types.
	shared sync.Map
	// Timing is zero except in tests.
	Timing Timing
	// Now is the clock, nil except in tests.
	Now func() time.Time
}

// Timing replaces the intervals of the reconcilers. Zero fields keep their defaults.
type Timing struct {
	PollInterval      time.Duration // between the first two reads
	ConsistencyWindow time.Duration // how long the server may show an old status after a write
	GatherWindow      time.Duration // how long a change of a project waits for others
}

// Apply sets the intervals of one reconciler.
func (t Timing) Apply(pollInterval, consistencyWindow *time.Duration) {
	if t.PollInterval > 0 {
		*pollInterval = t.PollInterval
	}
	if t.ConsistencyWindow > 0 {
		*consistencyWindow = t.ConsistencyWindow
	}
}

// fromProvider returns nil before the provider is configured.
func fromProvider(providerData any, diagnostics *diag.Diagnostics) *Data {
	if providerData == nil {
		return nil
	}
	data, ok := providerData.(*Data)
	if !ok {
		diagnostics.AddError("Unexpected provider data",
			fmt.Sprintf("Expected %T, got %T. This is a bug in the provider.", data, providerData))
	}
	return data
}

// require returns the client, or nil and an error.
func (d *Data) require(diagnostics *diag.Diagnostics) *client.Client {
	if d == nil {
		diagnostics.AddError("The provider is not configured",
			"The CLI sent a request before it configured the provider. This is a bug in the provider or the CLI.")
		return nil
	}
	if d.Client == nil {
		diagnostics.AddError("The provider is not known yet", fmt.Sprintf(
			"The provider argument %s depends on a value that is known only after the apply. Add depends_on with "+
				"the resource of this value, which defers the read until the apply, or apply that resource first with "+
				"-target.", strings.Join(d.Unknown, ", ")))
	}
	return d.Client
}
