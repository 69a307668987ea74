// Package environment is the data source codesign_environment.
package environment

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	tfdatasource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
)

// New returns codesign_environment.
func New() datasource.DataSource {
	return tfdatasource.New(tfdatasource.Definition[model]{
		TypeName: "codesign_environment", Schema: dataSourceSchema(), Read: readEnvironment,
		Validators: []datasource.ConfigValidator{
			datasourcevalidator.ExactlyOneOf(path.MatchRoot("dn"), path.MatchRoot("guid"), path.MatchRoot("environment_id")),
		},
	})
}

func dataSourceSchema() schema.Schema {
	attributes := map[string]schema.Attribute{
		"dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Optional: true, Computed: true, Validators: []validator.String{attr.ValidDN()},
			MarkdownDescription: "Distinguished name of the environment, for example " +
				"`\\VED\\Code Signing\\Projects\\Payments\\Release`. In HCL, write each backslash twice. Configure exactly one " +
				"of `dn`, `guid` and `environment_id`.",
		},
		"guid": schema.StringAttribute{
			CustomType: attr.GUIDType{}, Optional: true, Computed: true, Validators: []validator.String{attr.ValidGUID()},
			MarkdownDescription: "GUID of the environment. Braces and case do not matter.",
		},
		"environment_id": schema.Int64Attribute{
			CustomType: attr.ProjectIDType{}, Optional: true, Computed: true,
			Validators:          []validator.Int64{attr.ValidProjectID()},
			MarkdownDescription: "Number of the environment.",
		},
	}
	maps.Copy(attributes, computedAttributes())
	return schema.Schema{
		MarkdownDescription: "Reads one signing environment, for what a signing client must be configured with. " +
			"The identity of the provider must be a Code Signing Administrator or have a role on the project. Needs the " +
			"scope `codesign`. An attribute that the server does not report, or that the kind does not have, is null.",
		Attributes: attributes,
	}
}

func computedAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"certificate_status": schema.Int64Attribute{
			Computed: true, MarkdownDescription: "Status of the certificate, as the number that the server reports.",
		},
		"require_justification": schema.BoolAttribute{
			Computed: true, MarkdownDescription: "A key use needs a justification.",
		},
		"ip_address_restriction": textList("Addresses from which the key may be used, sorted. Empty if there is no restriction."),
		"key_time_constraints":   textList("DNs of the time constraints of the key, sorted."),
		"custom_fields": schema.MapAttribute{
			Computed: true, ElementType: types.ListType{ElemType: types.StringType},
			MarkdownDescription: "Custom fields: name → values.",
		},
	}
	for name, description := range texts {
		attributes[name] = schema.StringAttribute{Computed: true, MarkdownDescription: description}
	}
	return attributes
}

var texts = map[string]string{
	"kind": "`Certificate`, `KeyPair`, `CSP`, `DotNet`, `GPG` or `Apple`.",
	"label": "Label by which signing clients address the environment: the names of the project and of the environment, " +
		"separated by a backslash.",
	"description":             "Description of the environment.",
	"template":                "DN of the template.",
	"key_use_flow":            "DN of the flow of a key use.",
	"status":                  "Status of the environment, with the same names as that of a project.",
	"key_algorithm":           "Algorithm of the key, such as `RSA2048`; of the signing key if there are several keys.",
	"key_storage_location":    "Where the key is: `Software`, or the name of an HSM connector.",
	"certificate_dn":          "DN of the certificate. Null until the certificate is issued.",
	"certificate_status_text": "Status of the certificate, as the text that the server reports.",
}

func textList(description string) schema.Attribute {
	return schema.ListAttribute{Computed: true, ElementType: types.StringType, MarkdownDescription: description}
}
