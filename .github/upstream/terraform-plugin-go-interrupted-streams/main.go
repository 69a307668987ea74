// A provider with one action that waits until Terraform stops it, and then reports an error.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

type waiting struct{}

func (waiting) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "waiting"
}
func (waiting) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse)          {}
func (waiting) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}
func (waiting) DataSources(context.Context) []func() datasource.DataSource                        { return nil }
func (waiting) Resources(context.Context) []func() resource.Resource                              { return nil }
func (waiting) Actions(context.Context) []func() action.Action {
	return []func() action.Action{func() action.Action { return waitingAction{} }}
}

type waitingAction struct{}

func (waitingAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "waiting_action"
}
func (waitingAction) Schema(context.Context, action.SchemaRequest, *action.SchemaResponse) {}

func (waitingAction) Invoke(ctx context.Context, _ action.InvokeRequest, resp *action.InvokeResponse) {
	resp.SendProgress(action.InvokeProgressEvent{Message: "waiting"})
	<-ctx.Done()
	resp.Diagnostics.AddError("Stopped while waiting", ctx.Err().Error())
}

func main() {
	newProvider := func() provider.Provider { return waiting{} }
	if err := providerserver.Serve(context.Background(), newProvider,
		providerserver.ServeOpts{Address: "example.com/test/waiting"}); err != nil {
		log.Fatal(err)
	}
}
