# The kubelet replaces the token before it expires. The provider reads the file again for each grant.
provider "codesign" {
  url               = "https://codesign.example.com"
  external_jwt_file = "/var/run/secrets/codesign/token"
  client_id         = "terraform-provider-codesign"
  scope             = "codesign:manage;configuration"
}
