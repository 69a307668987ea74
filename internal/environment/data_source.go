// Package environment is the data source codesign_environment.
package environment

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
)

// New returns codesign_environment.
var New = datasource.New("codesign_environment", dataSourceSchema, readEnvironment,
	datasourcevalidator.ExactlyOneOf(path.MatchRoot("dn"), path.MatchRoot("guid"),
		path.MatchRoot("environment_id")))

func dataSourceSchema() schema.Schema {
	attributes := map[string]schema.Attribute{
		"dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Optional: true, Computed: true, Validators: []validator.String{attr.ValidDN()},
			MarkdownDescription: "Distinguished name of the environment, for example `\\VED\\Code " +
				"Signing\\Projects\\Payments\\Production` (in HCL, write each backslash twice). Configure exactly " +
				"one of `dn`, `guid` and `environment_id`.",
		},
		"guid": schema.StringAttribute{
			CustomType: attr.GUIDType{}, Optional: true, Computed: true,
			Validators:          []validator.String{attr.ValidGUID()},
			MarkdownDescription: "GUID of the environment, with or without braces. See `dn`.",
		},
		"environment_id": schema.Int64Attribute{
			CustomType: attr.IDType{Object: "environment"}, Optional: true, Computed: true,
			Validators:          []validator.Int64{attr.ValidID()},
			MarkdownDescription: "Number of the environment. See `dn`.",
		},
	}
	maps.Copy(attributes, computedAttributes())
	return schema.Schema{
		MarkdownDescription: "Reads one signing environment: the values that signing clients need, or null if the " +
			"server does not report them. Needs the scope `codesign`, and a role on the project or the role Code " +
			"Signing Administrator.",
		Attributes: attributes,
	}
}

func computedAttributes() map[string]schema.Attribute {
	attributes := map[string]schema.Attribute{
		"certificate_status":    datasource.ComputedInt64("Status of the certificate as a number."),
		"require_justification": datasource.ComputedBool("Whether a key use needs a justification."),
		"ip_address_restriction": datasource.ComputedStrings("Addresses from which the key may be used, sorted. " +
			"Empty if there is no restriction."),
		"key_time_constraints": datasource.ComputedStrings("DNs of the time constraints of the key, sorted."),
		"custom_fields":        datasource.ComputedStringLists("Custom fields: name → values."),
	}
	for name, description := range texts {
		attributes[name] = datasource.ComputedString(description)
	}
	return attributes
}

var texts = map[string]string{
	"kind": "`Certificate`, `KeyPair`, `CSP`, `DotNet`, `GPG` or `Apple`.",
	"label": "Label by which signing clients address the environment: the names of the project and of the " +
		"environment, separated by a backslash.",
	"description":             "Description of the environment.",
	"template":                "DN of the template.",
	"key_use_flow":            "DN of the flow of a key use.",
	"status":                  "Status of the environment, with the same names as that of a project.",
	"key_algorithm":           "Algorithm of the key, such as `RSA2048`; of the signing key if there are several keys.",
	"key_storage_location":    "Where the key is: `Software`, or the name of an HSM connector.",
	"certificate_dn":          "DN of the certificate. Null until the certificate is issued.",
	"certificate_status_text": "Status of the certificate as text.",
}
