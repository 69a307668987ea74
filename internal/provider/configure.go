package provider

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	resource "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

func (p *codesignProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	all := limitAttributes()
	for name, attribute := range loginAttributes() {
		if variable := auth.Variable(name); variable != "" {
			attribute.MarkdownDescription += " Environment: `" + variable + "`."
		}
		all[name] = attribute
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages CodeSign Protect (Code Sign Manager - Self-Hosted): projects with their " +
			"roles and statuses, approvals, and decisions of workflow tickets.",
		Attributes: all,
	}
}

func loginAttributes() map[string]resource.StringAttribute {
	all := config.GrantAttributes("`"+auth.DefaultClientID+"`", "`"+auth.DefaultScope+"`")
	all["url"] = attr.String(attr.Optional, "URL of the server, with or without `/vedsdk`, for example "+
		"`https://codesign.example.com`; `http` is accepted for loopback addresses only.")
	all["access_token"] = attr.Secret(attr.Optional, "Access token, which the provider cannot renew.")
	all["trust_bundle"] = attr.String(attr.Optional, "Certificates of authorities to trust in addition to those of "+
		"the system: PEM text, or the path of a PEM file.")
	return all
}

func limitAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"request_timeout": attr.String(attr.Optional, "Maximum duration of one request, for example `30s`. Default: "+
			"`30s`."),
		"max_retries": attr.Int64(attr.Optional, "Maximum number of retries of a request that failed and is safe to "+
			"repeat. Default: 4.", int64validator.Between(0, 100)),
		"max_concurrent_requests": attr.Int64(attr.Optional, "Maximum number of concurrent requests of the whole "+
			"process; one data source sends at most 16 at a time. Default: 64.", int64validator.Between(1, 1000)),
	}
}

const notConfigured = "The provider could not be configured"

// Configure creates the client. It sends no request: the first call authenticates.
func (p *codesignProvider) Configure(
	ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse,
) {
	block, unknown := config.Settings(req.Config.Raw)
	data := &config.Data{Unknown: unknown, Timing: p.timing, Now: p.now}
	if len(unknown) == 0 {
		data.Login = config.Login{
			Block: block, Environment: auth.SettingsFromEnvironment(os.LookupEnv), Sessions: &p.sessions,
			Options: options(ctx, req.Config, &resp.Diagnostics),
		}
		data.Login.Options.UserAgent = fmt.Sprintf(
			"terraform-provider-codesign/%s (Terraform/%s)", p.version, req.TerraformVersion)
		data.Client = p.client(ctx, data.Login, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.ResourceData, resp.DataSourceData = data, data
	resp.EphemeralResourceData, resp.ActionData, resp.ListResourceData = data, data, data
}

func (p *codesignProvider) client(
	ctx context.Context, login config.Login, diagnostics *diag.Diagnostics,
) *client.Client {
	choice, problems := auth.Resolve(login.Block, login.Environment)
	for _, problem := range problems {
		diags.AddProblem(diagnostics, notConfigured, problem)
	}
	if diagnostics.HasError() {
		return nil
	}
	tflog.Debug(ctx, "authentication method", choice.Fields())
	api, err := p.connect(choice, login.Options)
	if err != nil {
		diags.AddProblem(diagnostics, notConfigured, err)
	}
	return api
}

func (p *codesignProvider) connect(choice auth.Credentials, options client.Options) (*client.Client, error) {
	transport, err := auth.NewTransport(choice, options.MaxConcurrentRequests)
	if err != nil {
		return nil, err
	}
	tokens := auth.NewSource(choice, transport, options)
	p.sessions.Add(tokens)
	options.BaseURL, options.Transport = choice.BaseURL, transport
	options.Tokens, options.Secrets = tokens, tokens.Secrets()
	return client.New(options), nil
}

// options are the arguments that do not concern authentication.
func options(ctx context.Context, block tfsdk.Config, diagnostics *diag.Diagnostics) client.Options {
	o := client.Options{
		RequestTimeout: client.DefaultRequestTimeout, MaxRetries: client.DefaultMaxRetries,
		MaxConcurrentRequests: client.DefaultMaxConcurrentRequests, Logger: apiLog{},
	}
	var retries, concurrent *int64
	var timeout *string
	for name, target := range map[string]any{
		"max_retries": &retries, "max_concurrent_requests": &concurrent, "request_timeout": &timeout,
	} {
		diagnostics.Append(block.GetAttribute(ctx, path.Root(name), target)...)
	}
	if retries != nil {
		o.MaxRetries = int(*retries)
	}
	if concurrent != nil {
		o.MaxConcurrentRequests = int(*concurrent)
	}
	if timeout != nil {
		var err error
		if o.RequestTimeout, err = attr.ParseDuration(*timeout); err != nil {
			diagnostics.AddAttributeError(path.Root("request_timeout"), "Invalid duration",
				"Value of request_timeout: "+err.Error()+".")
		}
	}
	return o
}

// apiLog writes the client's log to a subsystem, whose level is TF_LOG_PROVIDER_CODESIGN_API.
type apiLog struct{}

const apiSubsystem = "api"

func (apiLog) Debug(ctx context.Context, msg string, fields map[string]any) {
	ctx = tflog.NewSubsystem(ctx, apiSubsystem, tflog.WithLevelFromEnv("TF_LOG_PROVIDER_CODESIGN_API"))
	tflog.SubsystemDebug(ctx, apiSubsystem, msg, fields)
}
