package accesstoken

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// model is the configuration and the result.
type model struct {
	RefreshTokenFile types.String `tfsdk:"refresh_token_file"`
	TppUsername      types.String `tfsdk:"tpp_username"`
	TppPassword      types.String `tfsdk:"tpp_password"`
	P12CertFilename  types.String `tfsdk:"p12_cert_filename"`
	P12CertData      types.String `tfsdk:"p12_cert_data"`
	P12CertPassword  types.String `tfsdk:"p12_cert_password"`
	ExternalJWT      types.String `tfsdk:"external_jwt"`
	ExternalJWTFile  types.String `tfsdk:"external_jwt_file"`
	ClientID         types.String `tfsdk:"client_id"`
	Scope            types.String `tfsdk:"scope"`

	AccessToken types.String `tfsdk:"access_token"`
	Expires     types.String `tfsdk:"expires"`
	Identity    types.String `tfsdk:"identity"`
}

// settings are those of the block alone.
func (m model) settings() auth.Settings {
	return auth.Settings{
		RefreshTokenFile: m.RefreshTokenFile.ValueStringPointer(),
		Username:         m.TppUsername.ValueStringPointer(), Password: m.TppPassword.ValueStringPointer(),
		P12File: m.P12CertFilename.ValueStringPointer(), P12Data: m.P12CertData.ValueStringPointer(),
		P12Password: m.P12CertPassword.ValueStringPointer(),
		JWT:         m.ExternalJWT.ValueStringPointer(), JWTFile: m.ExternalJWTFile.ValueStringPointer(),
		ClientID: m.ClientID.ValueStringPointer(), Scope: m.Scope.ValueStringPointer(),
	}
}

func (m *model) fill(t client.Token) {
	m.AccessToken = types.StringValue(t.Value)
	m.Expires, m.Identity = attr.TimeOrNull(t.Expiry), attr.StringOrNull(t.Identity)
}
