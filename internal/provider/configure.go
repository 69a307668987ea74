package provider

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

const notConfigured = "The provider could not be configured"

// Configure creates the client. It sends no request: the first call authenticates.
func (p *codesignProvider) Configure(
	ctx context.Context, req provider.ConfigureRequest, resp *provider.ConfigureResponse,
) {
	var block model
	resp.Diagnostics.Append(req.Config.Get(ctx, &block)...)
	if resp.Diagnostics.HasError() {
		return
	}
	data := &config.Data{Unknown: block.unknown(), Timing: p.timing, Now: p.now}
	if len(data.Unknown) == 0 {
		data.Client, data.Login = p.client(ctx, block, req.TerraformVersion, &resp.Diagnostics)
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.ResourceData, resp.DataSourceData = data, data
	resp.EphemeralResourceData, resp.ActionData, resp.ListResourceData = data, data, data
}

func (p *codesignProvider) client(
	ctx context.Context, block model, cli string, diagnostics *diag.Diagnostics,
) (*client.Client, config.Login) {
	login := config.Login{Block: block.settings(), Environment: auth.SettingsFromEnvironment(os.LookupEnv)}
	choice, problems := auth.Resolve(login.Block, login.Environment)
	for _, problem := range problems {
		diags.AddProblem(diagnostics, notConfigured, problem)
	}
	limits := block.limits(diagnostics)
	if diagnostics.HasError() {
		return nil, login
	}
	tflog.Debug(ctx, "authentication method", choice.Fields())
	login.Options = auth.Options{
		UserAgent:      fmt.Sprintf("terraform-provider-codesign/%s (Terraform/%s)", p.version, cli),
		RequestTimeout: limits.timeout, MaxRetries: limits.retries, Logger: apiLog{},
	}
	login.Sessions = &p.sessions
	api, err := p.connect(choice, limits, login.Options)
	if err != nil {
		diags.AddProblem(diagnostics, notConfigured, err)
	}
	return api, login
}

func (p *codesignProvider) connect(
	choice auth.Credentials, limits limits, options auth.Options,
) (*client.Client, error) {
	transport, err := auth.NewTransport(choice, limits.concurrent)
	if err != nil {
		return nil, err
	}
	tokens, err := auth.NewSource(choice, transport, options)
	if err != nil {
		return nil, err
	}
	p.sessions.Add(tokens)
	return client.New(client.Options{
		BaseURL: choice.BaseURL, Transport: transport, Tokens: tokens, Secrets: tokens.Secrets(),
		UserAgent: options.UserAgent, Logger: apiLog{},
		RequestTimeout: limits.timeout, MaxRetries: limits.retries, MaxConcurrentRequests: limits.concurrent,
	})
}

// limits are the arguments that do not concern authentication.
type limits struct {
	timeout             time.Duration
	retries, concurrent int
}

func (m model) limits(diagnostics *diag.Diagnostics) limits {
	l := limits{client.DefaultRequestTimeout, client.DefaultMaxRetries, client.DefaultMaxConcurrentRequests}
	if !m.MaxRetries.IsNull() {
		l.retries = int(m.MaxRetries.ValueInt64())
	}
	if !m.MaxConcurrentRequests.IsNull() {
		l.concurrent = int(m.MaxConcurrentRequests.ValueInt64())
	}
	if m.RequestTimeout.IsNull() {
		return l
	}
	timeout, err := attr.ParseDuration(m.RequestTimeout.ValueString())
	if err != nil {
		diagnostics.AddAttributeError(path.Root("request_timeout"), "Invalid duration",
			"Value of request_timeout: "+err.Error()+".")
	}
	l.timeout = timeout
	return l
}

// settings are the arguments that concern the server and authentication.
func (m model) settings() auth.Settings {
	s := m.Settings()
	s.URL, s.AccessToken = m.URL.ValueStringPointer(), m.AccessToken.ValueStringPointer()
	s.TrustBundle = m.TrustBundle.ValueStringPointer()
	return s
}

// unknown returns the names of the unknown arguments.
func (m model) unknown() []string {
	var names []string
	block := reflect.ValueOf(m)
	for _, field := range reflect.VisibleFields(block.Type()) {
		value, ok := reflect.TypeAssert[interface{ IsUnknown() bool }](block.FieldByIndex(field.Index))
		if ok && value.IsUnknown() {
			names = append(names, field.Tag.Get("tfsdk"))
		}
	}
	return names
}

// apiLog writes the client's log to a subsystem, whose level is TF_LOG_PROVIDER_CODESIGN_API.
type apiLog struct{}

const apiSubsystem = "api"

func (apiLog) Debug(ctx context.Context, msg string, fields map[string]any) {
	ctx = tflog.NewSubsystem(ctx, apiSubsystem, tflog.WithLevelFromEnv("TF_LOG_PROVIDER_CODESIGN_API"))
	tflog.SubsystemDebug(ctx, apiSubsystem, msg, fields)
}
