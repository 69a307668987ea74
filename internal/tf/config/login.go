package config

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
)

// Login is how the provider authenticates, for resources that obtain tokens.
type Login struct {
	Block, Environment auth.Settings
	Options            auth.Options
	Sessions           *auth.Sessions // revokes its grants when the process ends
}

// GrantArguments are the arguments of a grant, in the provider block and in codesign_access_token.
type GrantArguments struct {
	RefreshTokenFile types.String `tfsdk:"refresh_token_file"`
	TPPUsername      types.String `tfsdk:"tpp_username"`
	TPPPassword      types.String `tfsdk:"tpp_password"`
	P12CertFilename  types.String `tfsdk:"p12_cert_filename"`
	P12CertData      types.String `tfsdk:"p12_cert_data"`
	P12CertPassword  types.String `tfsdk:"p12_cert_password"`
	ExternalJWT      types.String `tfsdk:"external_jwt"`
	ExternalJWTFile  types.String `tfsdk:"external_jwt_file"`
	ClientID         types.String `tfsdk:"client_id"`
	Scope            types.String `tfsdk:"scope"`
}

// Settings are those of the block that has the arguments.
func (a GrantArguments) Settings() auth.Settings {
	return auth.Settings{
		RefreshTokenFile: a.RefreshTokenFile.ValueStringPointer(),
		Username:         a.TPPUsername.ValueStringPointer(), Password: a.TPPPassword.ValueStringPointer(),
		P12File: a.P12CertFilename.ValueStringPointer(), P12Data: a.P12CertData.ValueStringPointer(),
		P12Password: a.P12CertPassword.ValueStringPointer(),
		JWT:         a.ExternalJWT.ValueStringPointer(), JWTFile: a.ExternalJWTFile.ValueStringPointer(),
		ClientID: a.ClientID.ValueStringPointer(), Scope: a.Scope.ValueStringPointer(),
	}
}
