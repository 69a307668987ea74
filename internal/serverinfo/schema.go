package serverinfo

import "github.com/hashicorp/terraform-plugin-framework/datasource/schema"

func dataSourceSchema() schema.Schema {
	attributes := identityAttributes("of the caller; null, with a warning, where the server does not tell")
	attributes["version"] = schema.StringAttribute{
		Computed: true,
		MarkdownDescription: "Version of the server, such as `25.3.0.1234`. Null, with a warning, where the server does not tell it: some " +
			"want the scope `configuration` for it.",
	}
	attributes["groups"] = schema.ListNestedAttribute{
		Computed: true,
		MarkdownDescription: "The groups that the caller belongs to, sorted by `prefixed_universal`. Null, with a warning, where the " +
			"server does not tell who the caller is.",
		NestedObject: schema.NestedAttributeObject{Attributes: identityAttributes("of the group")},
	}
	return schema.Schema{
		MarkdownDescription: "The server, and who the caller is to it. Who the caller is takes the scope `configuration` on newer servers. " +
			"What the server does not tell is null and gives a warning, so that this data source is a safe first test of a provider block.",
		Attributes: attributes,
	}
}

func identityAttributes(whose string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"prefixed_universal": text("Prefixed universal " + whose + ". It never changes."),
		"prefixed_name":      text("Name with the directory before it, " + whose + "."),
		"name":               text("Name " + whose + "."),
		"full_name":          text("DN in the directory, such as `\\VED\\Identity\\jane` or `CN=…`, " + whose + "."),
	}
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Computed: true, MarkdownDescription: description}
}
