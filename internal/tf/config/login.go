package config

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// Login is how the provider authenticates, for resources that obtain tokens.
type Login struct {
	Block, Environment auth.Settings
	Options            client.Options
	Sessions           *auth.Sessions // revokes its grants when the process ends
}

// Settings returns the texts of a block, and the names of its unknown arguments.
func Settings(block tftypes.Value) (settings auth.Settings, unknown []string) {
	var arguments map[string]tftypes.Value
	_ = block.As(&arguments) // a block is an object
	settings = auth.Settings{}
	for _, name := range slices.Sorted(maps.Keys(arguments)) {
		var text *string
		switch argument := arguments[name]; {
		case !argument.IsKnown():
			unknown = append(unknown, name)
		case argument.As(&text) == nil && text != nil:
			settings[name] = *text
		}
	}
	return settings, unknown
}

// GrantAttributes returns the arguments of a grant, in the provider block and in codesign_access_token.
func GrantAttributes(defaultClientID, defaultScope string) map[string]schema.StringAttribute {
	return map[string]schema.StringAttribute{
		"refresh_token_file": attr.String(attr.Optional, "Path of a file (mode 0600) with a refresh token, which the "+
			"provider replaces after each use."),
		"tpp_username": attr.String(attr.Optional, "User of the password grant."),
		"tpp_password": attr.Secret(attr.Optional, "Password of the password grant."),
		"p12_cert_filename": attr.String(attr.Optional, "Path of a PKCS#12 file with a client certificate and its "+
			"key, for the certificate grant."),
		"p12_cert_data": attr.Secret(attr.Optional, "The PKCS#12 container in base64, instead of "+
			"`p12_cert_filename`."),
		"p12_cert_password": attr.Secret(attr.Optional, "Password of the PKCS#12 container."),
		"external_jwt": attr.Secret(attr.Optional, "JSON Web Token for the JWT grant, for example a pipeline's OIDC "+
			"token."),
		"external_jwt_file": attr.String(attr.Optional, "Path of a file with the JWT, which the provider reads again "+
			"for each grant."),
		"client_id": attr.String(attr.Optional, fmt.Sprintf("Client ID of the API integration on the server "+
			"(default: %s).", defaultClientID)),
		"scope": attr.String(attr.Optional, fmt.Sprintf("Scopes that a grant requests, for example "+
			"`codesign:manage;configuration` (default: %s).", defaultScope)),
	}
}
