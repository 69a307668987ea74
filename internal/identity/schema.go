package identity

import (
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

var notBlank = regexp.MustCompile(`\S`)

func dataSourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "A user or group: from its name to the prefixed universal by which rights and approvers are kept, and back. " +
			"Takes the scope `configuration`. Exactly one of `name`, `prefixed_name` and `prefixed_universal` is set; the others are read.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Optional: true, Computed: true,
				Validators: []validator.String{stringvalidator.RegexMatches(notBlank, "must not be blank")},
				MarkdownDescription: "Bare name, such as `jane`: searched for in the directory that the caller belongs to, and no other. " +
					"The whole name has to match, case aside; a name that several identities have is an error that lists them. " +
					"A name with a prefix, such as `AD+CORP:jane`, is taken as `prefixed_name`.",
			},
			"prefixed_name": schema.StringAttribute{
				Optional: true, Computed: true,
				Validators:          []validator.String{attr.Prefixed("must be a directory, a colon and a name, such as local:jane")},
				MarkdownDescription: "Name with the directory before it, such as `local:jane` or `AD+CORP:jane`; works across directories.",
			},
			"prefixed_universal": schema.StringAttribute{
				Optional: true, Computed: true,
				Validators: []validator.String{attr.Prefixed(
					"must be a directory, a colon and an id, such as local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}")},
				MarkdownDescription: "What the server keeps rights by: `local:{…}`, `AD+CORP:…`. It stays the same when the identity is renamed.",
			},
			"full_name": computed("DN of the identity in its directory, such as `\\VED\\Identity\\jane` or `CN=…`; `name` is the name for people."),
			"prefix":    computed("The directory that the identity is from: `local`, `AD+CORP`."),
			"universal": computed("The id within its directory: `prefixed_universal` without `prefix`."),
			"kind":      computed("`user`, `group`, `container`, `distribution_list`, `machine`, `provider` or `unknown`."),
		},
	}
}

func computed(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}
