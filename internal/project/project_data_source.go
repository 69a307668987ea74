package project

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewDataSource returns the data source codesign_project.
var NewDataSource = datasource.New("codesign_project", projectSchema, readProject,
	datasourcevalidator.ExactlyOneOf(path.MatchRoot("dn"), path.MatchRoot("guid"),
		path.MatchRoot("project_id")))

func readProject(ctx context.Context, api *client.Client, m *projectModel, diagnostics *diag.Diagnostics) {
	at := m.address()
	p, err := reconcile.Get(ctx, api, at.ref) // a cached project has neither roles nor environments
	if err != nil {
		diags.AddError(diagnostics, diags.AttributeFor(at.path, err), "Unable to read project "+displayName(at.ref),
			err)
		return
	}
	*m = newProjectModel(p)
}

func projectSchema() schema.Schema {
	attributes := projectAttributes()
	attributes["dn"] = schema.StringAttribute{
		CustomType: attr.DNType{}, Optional: true, Computed: true,
		Validators:          []validator.String{attr.ValidDN()},
		MarkdownDescription: dnDescription + readByName,
	}
	attributes["guid"] = schema.StringAttribute{
		CustomType: attr.GUIDType{}, Optional: true, Computed: true,
		Validators:          []validator.String{attr.ValidGUID()},
		MarkdownDescription: guidDescription + " See `dn`.",
	}
	attributes["project_id"] = schema.Int64Attribute{
		CustomType: attr.IDType{Object: "project"}, Optional: true, Computed: true,
		Validators:          []validator.Int64{attr.ValidID()},
		MarkdownDescription: projectIDDescription + " See `dn`.",
	}
	return schema.Schema{
		MarkdownDescription: "Reads one code-signing project: its status, roles, environments and applications. " +
			"Needs the scope `codesign`, and a role on the project or the role Code Signing Administrator.",
		Attributes: attributes,
	}
}

// projectAttributes are the computed attributes of a project, except its names.
func projectAttributes() map[string]schema.Attribute {
	all := roleAttributes()
	maps.Copy(all, map[string]schema.Attribute{
		"status":      datasource.ComputedString(currentStatusDescription),
		"description": datasource.ComputedString("Description of the project. Null if it has none."),
		"created": datasource.ComputedString("When the project was created, in RFC 3339, UTC. Null if the server " +
			"does not report it."),
		"submitted": datasource.ComputedString("When the project was last submitted for approval, in RFC 3339, UTC. " +
			"Null if it was never submitted or the server does not report it."),
		"environments": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "Signing environments of the project, sorted by `dn`.",
			NestedObject: schema.NestedAttributeObject{Attributes: environmentAttributes()},
		},
		"applications":  objectList("Signing applications of the project, sorted by `dn`."),
		"collections":   objectList("Collections of signing applications of the project, sorted by `dn`."),
		"custom_fields": datasource.ComputedStringLists("Custom fields: name → values."),
	})
	return all
}

func roleAttributes() map[string]schema.Attribute {
	role := func(who string) schema.Attribute {
		return datasource.ComputedStrings(who + " of the project, as prefixed universals (`local:{…}`, `AD+CORP:…`), " +
			"sorted.")
	}
	return map[string]schema.Attribute{
		"owners":            role("Owners"),
		"auditors":          role("Auditors"),
		"key_users":         role("Key Users"),
		"key_use_approvers": role("Key Use Approvers"),
	}
}

func environmentAttributes() map[string]schema.Attribute {
	all := objectAttributes("environment")
	all["kind"] = datasource.ComputedString("`Certificate`, `KeyPair`, `CSP`, `DotNet`, `GPG` or `Apple`.")
	all["status"] = datasource.ComputedString("Status of the environment, with the same names as that of a project. " +
		"Null if the server does not report it.")
	all["description"] = datasource.ComputedString("Description of the environment. Null if it has none.")
	return all
}

func objectList(text string) schema.Attribute {
	return schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: text,
		NestedObject: schema.NestedAttributeObject{Attributes: objectAttributes("object")},
	}
}

func objectAttributes(what string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"dn":   datasource.ComputedString("DN of the " + what + "."),
		"guid": datasource.ComputedString("GUID of the " + what + ". Null if the server does not report it."),
		"id":   datasource.ComputedInt64("Number of the " + what + ". Null if the server does not report it."),
	}
}
