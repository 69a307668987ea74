package provider

import (
	"context"
	"fmt"
	"maps"
	"os"
	"reflect"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-log/tflog"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// model is the configuration of the provider.
type model struct {
	URL         types.String `tfsdk:"url"`
	AccessToken types.String `tfsdk:"access_token"`

	config.GrantArguments

	TrustBundle           types.String `tfsdk:"trust_bundle"`
	RequestTimeout        types.String `tfsdk:"request_timeout"`
	MaxRetries            types.Int64  `tfsdk:"max_retries"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
}

func (p *codesignProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	all := loginAttributes()
	maps.Copy(all, connectionAttributes())
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages CodeSign Protect (Code Sign Manager - Self-Hosted): projects with their " +
			"roles and statuses, approvals, and decisions of workflow tickets.",
		Attributes: all,
	}
}

func loginAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"access_token": attr.Secret(attr.Optional, "Access token, which the provider cannot renew. Environment: "+
			"`VENAFI_TOKEN`."),
		"refresh_token_file": attr.String(attr.Optional, "Path of a file (mode 0600) with a refresh token, which the "+
			"provider replaces after each use. Environment: `VENAFI_REFRESH_TOKEN_FILE`."),
		"tpp_username": attr.String(attr.Optional, "User of the password grant. Environment: `VENAFI_USER`."),
		"tpp_password": attr.Secret(attr.Optional, "Password of the password grant. Environment: `VENAFI_PASS`."),
		"p12_cert_filename": attr.String(attr.Optional, "Path of a PKCS#12 file with a client certificate and its "+
			"key, for the certificate grant. Environment: `VENAFI_P12_CERTIFICATE`."),
		"p12_cert_data": attr.Secret(attr.Optional, "The PKCS#12 container in base64, instead of "+
			"`p12_cert_filename`."),
		"p12_cert_password": attr.Secret(attr.Optional, "Password of the PKCS#12 container. Environment: "+
			"`VENAFI_P12_PASSWORD`."),
		"external_jwt": attr.Secret(attr.Optional, "JSON Web Token for the JWT grant, for example a pipeline's OIDC "+
			"token. Environment: `VENAFI_EXTERNAL_JWT`."),
		"external_jwt_file": attr.String(attr.Optional, "Path of a file with the JWT, which the provider reads again "+
			"for each grant. Environment: `VENAFI_EXTERNAL_JWT_FILE`."),
		"client_id": attr.String(attr.Optional, "Client ID of the API integration on the server (default: "+
			"`terraform-provider-codesign`). Environment: `VENAFI_CLIENT_ID`."),
		"scope": attr.String(attr.Optional, "Scopes that a grant requests (default: "+
			"`codesign:admin,approve,manage;configuration`). Environment: `VENAFI_SCOPE`."),
	}
}

func connectionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"url": attr.String(attr.Optional, "URL of the server, with or without `/vedsdk`, for example "+
			"`https://codesign.example.com`; `http` is accepted for loopback addresses only. Environment: "+
			"`VENAFI_URL`."),
		"trust_bundle": attr.String(attr.Optional, "Certificates of authorities to trust in addition to those of the "+
			"system: PEM text, or the path of a PEM file. Environment: `VENAFI_TRUST_BUNDLE`."),
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
