// Package serverinfo holds the data sources codesign_server and codesign_global_configuration.
package serverinfo

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// New returns codesign_server.
var New = datasource.New("codesign_server", dataSourceSchema, read)

type model struct {
	Version types.String `tfsdk:"version"`
	Groups  []identity   `tfsdk:"groups"`
	identity
}

type identity struct {
	PrefixedUniversal types.String `tfsdk:"prefixed_universal"`
	PrefixedName      types.String `tfsdk:"prefixed_name"`
	Name              types.String `tfsdk:"name"`
	FullName          types.String `tfsdk:"full_name"`
}

// read leaves null what the token may not read.
func read(ctx context.Context, api *client.Client, m *model, diagnostics *diag.Diagnostics) {
	self, selfErr := api.Self(ctx)
	m.setCaller(self)
	report(diagnostics, "Unable to read the caller's identity", selfErr, false)
	if diagnostics.HasError() {
		return
	}
	version, err := api.ServerVersion(ctx)
	m.Version = attr.StringOrNull(version)
	report(diagnostics, "Unable to read the server version", err, selfErr == nil)
}

// report adds a warning if the token may not make the call or the server does not have it, and an
// error if the server does not answer or rejects the token. Some servers answer 401 for a missing
// scope; this is the case if the token was accepted before.
func report(diagnostics *diag.Diagnostics, summary string, err error, tokenAccepted bool) {
	reason := client.ReasonOf(err)
	switch {
	case err == nil:
	case client.IsAboutObject(err), reason == client.MissingScope, reason == client.Unsupported,
		reason == client.BadToken && tokenAccepted:
		diags.AddWarning(diagnostics, path.Empty(), summary, err)
	default:
		diags.AddError(diagnostics, path.Empty(), summary, err)
	}
}

// setCaller takes the identities of Identity/Self: the caller, then its groups.
func (m *model) setCaller(self []client.Identity) {
	if len(self) == 0 {
		return
	}
	m.identity = newIdentity(self[0])
	groups := slices.SortedFunc(slices.Values(self[1:]), func(a, b client.Identity) int {
		return cmp.Compare(a.PrefixedUniversal, b.PrefixedUniversal)
	})
	m.Groups = make([]identity, 0, len(groups))
	for _, g := range groups {
		m.Groups = append(m.Groups, newIdentity(g))
	}
}

func newIdentity(i client.Identity) identity {
	return identity{
		PrefixedUniversal: attr.StringOrNull(i.PrefixedUniversal),
		PrefixedName:      attr.StringOrNull(i.PrefixedName),
		Name:              attr.StringOrNull(i.Name),
		FullName:          attr.StringOrNull(i.FullName),
	}
}

func dataSourceSchema() schema.Schema {
	attributes := identityAttributes("the caller", " Null, with a warning, if it cannot be read.")
	attributes["version"] = attr.String(attr.Computed, "Version of the server, such as `25.3.0.1234`. Null, with a "+
		"warning, if it cannot be read; some servers require the scope `configuration`.")
	attributes["groups"] = datasource.Objects("The groups of the caller, sorted by `prefixed_universal`. Null, with "+
		"a warning, if they cannot be read.", identityAttributes("the group", ""))
	return schema.Schema{
		MarkdownDescription: "The version of the server and the identity of the caller, as a first test of a " +
			"provider block. Newer servers require the scope `configuration` for the identity.",
		Attributes: attributes,
	}
}

// identityAttributes describes an identity, such as "the caller", with a note for each attribute.
func identityAttributes(whose, note string) map[string]schema.Attribute {
	text := func(description string) schema.Attribute {
		return attr.String(attr.Computed, fmt.Sprintf(description, whose)+note)
	}
	return map[string]schema.Attribute{
		"prefixed_universal": text("Prefixed universal of %s, which never changes."),
		"prefixed_name":      text("Name of %s with its directory."),
		"name":               text("Name of %s."),
		"full_name":          text("DN of %s in its directory, such as `\\VED\\Identity\\jane` or `CN=…`."),
	}
}

// NewConfiguration returns codesign_global_configuration.
var NewConfiguration = datasource.New("codesign_global_configuration", configurationSchema, readConfiguration)

// configurationModel has the fields of client.GlobalConfiguration, in their order: one is converted
// into the other.
type configurationModel struct {
	ApprovedKeyStorageLocations  []string `tfsdk:"approved_key_storage_locations"`
	AvailableKeyStorageLocations []string `tfsdk:"available_key_storage_locations"`

	DefaultCAContainer          *string `tfsdk:"default_ca_container"`
	DefaultCertificateContainer *string `tfsdk:"default_certificate_container"`
	DefaultCredentialContainer  *string `tfsdk:"default_credential_container"`

	EnforceGroupRoles        *bool `tfsdk:"enforce_group_roles"`
	PreventSelfDealing       *bool `tfsdk:"prevent_self_dealing"`
	PreventUnlimitedSignings *bool `tfsdk:"prevent_unlimited_signings"`
	DisableSigningArchive    *bool `tfsdk:"disable_signing_archive"`
	UseClientPublicEndpoints *bool `tfsdk:"use_client_public_endpoints"`

	KeyUseTimeout       *int64 `tfsdk:"key_use_timeout"`
	MaxEnvironmentCount *int64 `tfsdk:"max_environment_count"`
	ArchiveRetention    *int64 `tfsdk:"archive_retention"`

	MinimumSupportedClientVersion *string `tfsdk:"minimum_supported_client_version"`
	MaximumSupportedClientVersion *string `tfsdk:"maximum_supported_client_version"`

	ProjectCreateFlowDN             *string `tfsdk:"project_create_flow"`
	ProjectUpdateFlowDN             *string `tfsdk:"project_update_flow"`
	ProjectDeleteFlowDN             *string `tfsdk:"project_delete_flow"`
	EnvironmentCreateFlowDN         *string `tfsdk:"environment_create_flow"`
	EnvironmentUpdateFlowDN         *string `tfsdk:"environment_update_flow"`
	EnvironmentDeleteFlowDN         *string `tfsdk:"environment_delete_flow"`
	EnvironmentTemplateUpdateFlowDN *string `tfsdk:"environment_template_update_flow"`

	RequestInProgressMessage  *string `tfsdk:"request_in_progress_message"`
	FlowInstanceMacro         *string `tfsdk:"flow_instance_macro"`
	ProjectDescriptionTooltip *string `tfsdk:"project_description_tooltip"`
}

func readConfiguration(
	ctx context.Context, api *client.Client, m *configurationModel, diagnostics *diag.Diagnostics,
) {
	found, err := api.GetGlobalConfiguration(ctx)
	if err != nil {
		diags.AddError(diagnostics, path.Empty(), "Unable to read the global configuration", err)
		return
	}
	*m = configurationModel(*found)
}

func configurationSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The code-signing settings of the installation, for policies; a setting that the server " +
			"does not report is null. Needs the scope `codesign:manage`.",
		Attributes: settingAttributes(),
	}
}

func settingAttributes() map[string]schema.Attribute {
	text := func(description string) schema.Attribute { return attr.String(attr.Computed, description) }
	flag := func(description string) schema.Attribute { return attr.Bool(attr.Computed, description) }
	number := func(description string) schema.Attribute { return attr.Int64(attr.Computed, description) }
	list := func(description string) schema.Attribute { return attr.List(attr.Computed, description) }
	flow := func(event string) schema.Attribute {
		return text("DN of the flow for " + event + ". A flow without approvers has a DN, too.")
	}
	return map[string]schema.Attribute{
		"approved_key_storage_locations":  list("Key storage locations that projects may use."),
		"available_key_storage_locations": list("Key storage locations of the installation."),

		"default_ca_container":          text("DN of the folder of certificate authorities."),
		"default_certificate_container": text("DN of the folder of certificates."),
		"default_credential_container":  text("DN of the folder of credentials."),

		"enforce_group_roles": flag("Whether only groups can have a role on a project."),
		"prevent_self_dealing": flag("Whether a Key User must have no other role on the project. The server checks " +
			"this when a key is used."),
		"prevent_unlimited_signings":  flag("Whether the approval of a key use must limit the number of uses."),
		"disable_signing_archive":     flag("Whether signings are not archived."),
		"use_client_public_endpoints": flag("Whether signing clients use the public endpoints."),

		"key_use_timeout":       number("Time limit of a key use, in seconds."),
		"max_environment_count": number("Maximum number of environments of a single Key User."),
		"archive_retention":     number("How long signings stay in the archive, in days."),

		"minimum_supported_client_version": text("Oldest version of signing clients that the server accepts."),
		"maximum_supported_client_version": text("Newest version of signing clients that the server accepts."),

		"project_create_flow":              flow("the submission of a project"),
		"project_update_flow":              flow("an update of a project"),
		"project_delete_flow":              flow("the deletion of a project"),
		"environment_create_flow":          flow("the creation of an environment"),
		"environment_update_flow":          flow("an update of an environment"),
		"environment_delete_flow":          flow("the deletion of an environment"),
		"environment_template_update_flow": flow("an update of an environment template"),

		"request_in_progress_message": text("Text for users whose request waits for an approval."),
		"flow_instance_macro":         text("Macro that names the instances of a flow."),
		"project_description_tooltip": text("Text beside the description of a project in the product's user " +
			"interface. Only older servers report it."),
	}
}
