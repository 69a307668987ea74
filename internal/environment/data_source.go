// Package environment is the data source codesign_environment.
package environment

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// New returns codesign_environment.
var New = datasource.New("codesign_environment", dataSourceSchema, readEnvironment,
	datasource.ExactlyOneOf("dn", "guid", "environment_id"))

func dataSourceSchema() schema.Schema {
	text := func(description string) schema.Attribute { return attr.String(attr.Computed, description) }
	return schema.Schema{
		MarkdownDescription: "Reads one signing environment: the values that signing clients need, or null if the " +
			"server does not report them. Needs the scope `codesign`, and a role on the project or the role Code " +
			"Signing Administrator.",
		Attributes: map[string]schema.Attribute{
			"dn": attr.DN(attr.OptionalComputed, "Distinguished name of the environment, for example `\\VED\\Code "+
				"Signing\\Projects\\Payments\\Production` (in HCL, write each backslash twice). Configure exactly "+
				"one of `dn`, `guid` and `environment_id`."),
			"guid": attr.GUID(attr.OptionalComputed, "GUID of the environment, with or without braces. See "+
				"`dn`."),
			"environment_id": attr.ID(attr.OptionalComputed, "environment", "Number of the environment. See `dn`."),

			"kind": text("`Certificate`, `KeyPair`, `CSP`, `DotNet`, `GPG` or `Apple`."),
			"label": text("Label by which signing clients address the environment: the names of the project and of " +
				"the environment, separated by a backslash."),
			"description":   text("Description of the environment."),
			"template":      text("DN of the template."),
			"status":        text("Status of the environment, with the same names as that of a project."),
			"custom_fields": attr.Lists("Custom fields: name → values."),

			"key_algorithm": text("Algorithm of the key, such as `RSA2048`; of the signing key if there are several " +
				"keys."),
			"key_storage_location": text("Where the key is: `Software`, or the name of an HSM connector."),
			"key_time_constraints": attr.List(attr.Computed, "DNs of the time constraints of the key, sorted."),
			"ip_address_restriction": attr.List(attr.Computed, "Addresses from which the key may be used, sorted. "+
				"Empty if there is no restriction."),
			"key_use_flow":          text("DN of the flow of a key use."),
			"require_justification": attr.Bool(attr.Computed, "Whether a key use needs a justification."),

			"certificate_dn":          text("DN of the certificate. Null until the certificate is issued."),
			"certificate_status":      attr.Int64(attr.Computed, "Status of the certificate as a number."),
			"certificate_status_text": text("Status of the certificate as text."),
		},
	}
}

// Limits of the wait for a key or a certificate that the server still creates.
const (
	readyTimeout    = time.Minute
	pollInterval    = time.Second
	maxPollInterval = 10 * time.Second
)

type model struct {
	DN                    attr.DNValue        `tfsdk:"dn"`
	GUID                  attr.GUIDValue      `tfsdk:"guid"`
	EnvironmentID         types.Int64         `tfsdk:"environment_id"`
	Kind                  types.String        `tfsdk:"kind"`
	Label                 types.String        `tfsdk:"label"`
	Description           types.String        `tfsdk:"description"`
	Template              types.String        `tfsdk:"template"`
	KeyUseFlow            types.String        `tfsdk:"key_use_flow"`
	Status                types.String        `tfsdk:"status"`
	KeyAlgorithm          types.String        `tfsdk:"key_algorithm"`
	KeyStorageLocation    types.String        `tfsdk:"key_storage_location"`
	CertificateDN         types.String        `tfsdk:"certificate_dn"`
	CertificateStatus     types.Int64         `tfsdk:"certificate_status"`
	CertificateStatusText types.String        `tfsdk:"certificate_status_text"`
	RequireJustification  types.Bool          `tfsdk:"require_justification"`
	IPAddressRestriction  types.List          `tfsdk:"ip_address_restriction"`
	KeyTimeConstraints    types.List          `tfsdk:"key_time_constraints"`
	CustomFields          map[string][]string `tfsdk:"custom_fields"`
}

// address returns the configured name and its attribute.
func (m *model) address() (path.Path, client.ProjectRef) {
	switch {
	case !m.DN.IsNull():
		return path.Root("dn"), client.ByDN(m.DN.ValueString())
	case !m.GUID.IsNull():
		return path.Root("guid"), client.ByGUID(m.GUID.ValueString())
	default:
		return path.Root("environment_id"), client.ByID(m.EnvironmentID.ValueInt64())
	}
}

func readEnvironment(ctx context.Context, api *client.Client, m *model, diagnostics *diag.Diagnostics) {
	at, ref := m.address()
	found, err := waitUntilReady(ctx, api, ref)
	if err != nil {
		name := ref.String()
		if ref.DN != "" {
			name = dn.Name(ref.DN)
		}
		diags.AddError(diagnostics, diags.AttributeFor(at, err), "Unable to read environment "+redact.Visible(name),
			diags.WithRemedy(err, advice[client.ReasonOf(err)]))
		return
	}
	m.set(found)
}

// reader is the part of the API client that reads an environment.
type reader interface {
	GetEnvironment(ctx context.Context, ref client.ProjectRef) (*client.EnvironmentDetails, error)
}

// waitUntilReady reads again while the server still creates the key or the certificate.
func waitUntilReady(ctx context.Context, api reader, ref client.ProjectRef) (*client.EnvironmentDetails, error) {
	interval := poll.New(pollInterval, maxPollInterval)
	for {
		found, err := api.GetEnvironment(ctx, ref)
		if client.ReasonOf(err) != client.NotReady || interval.Total >= readyTimeout || !interval.Wait(ctx) {
			return found, err
		}
	}
}

var advice = map[client.Reason]string{
	client.NotFound: "No environment has this name, or the identity of the provider may not see it. The data source " +
		"codesign_project lists the environments of a project.",
	client.WrongType: "The name belongs to another type of object. The DN of an environment is the DN of its " +
		"project, a backslash and the name of the environment.",
	client.NotReady: "The server still creates the key or the certificate of the environment. Run again later. If " +
		"the state persists, check the environment in the product's user interface: its certificate may wait for an " +
		"approval.",
	client.EmptyAnswer: "Either the environment does not exist, or this version of the server returns no environment " +
		"here: the description of its API lists none. `environments` of the data source codesign_project has the " +
		"name, the kind and the status of each environment.",
}

// set fills the computed attributes. A configured name keeps its spelling by its type, and stays if the
// server does not report it.
func (m *model) set(e *client.EnvironmentDetails) {
	if e.DN != "" {
		m.DN = attr.NewDNValue(e.DN)
	}
	if e.GUID != "" {
		m.GUID = attr.NewGUIDValue(e.GUID)
	}
	if m.EnvironmentID.IsNull() {
		m.EnvironmentID = attr.Int64OrNull(e.ID)
	}
	for to, from := range map[*types.String]string{
		&m.Kind: e.Kind, &m.Label: label(m.DN.ValueString()), &m.Description: e.Description,
		&m.Template: e.TemplateDN, &m.KeyUseFlow: e.KeyUseFlowDN,
		&m.KeyAlgorithm: e.KeyAlgorithm, &m.KeyStorageLocation: e.KeyStorageLocation,
		&m.CertificateDN: e.CertificateDN, &m.CertificateStatusText: e.CertificateStatusText,
	} {
		*to = attr.StringOrNull(from)
	}
	if e.HasStatus {
		m.Status = types.StringValue(e.Status.String())
	}
	m.CertificateStatus = types.Int64PointerValue(e.CertificateStatus)
	m.RequireJustification = types.BoolPointerValue(e.RequireJustification)
	m.IPAddressRestriction = attr.SortedStrings(e.IPAddressRestriction)
	m.KeyTimeConstraints = attr.SortedStrings(e.KeyTimeConstraints)
	m.CustomFields = client.ValuesByField(e.CustomFields)
}

// label returns `project\environment`, empty for a DN without a project.
func label(environmentDN string) string {
	project := dn.Name(dn.Parent(environmentDN))
	if project == "" {
		return ""
	}
	return project + dn.Separator + dn.Name(environmentDN)
}
