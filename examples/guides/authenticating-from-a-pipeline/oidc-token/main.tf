# The provider reads the token of the job from VENAFI_EXTERNAL_JWT, or from the file in VENAFI_EXTERNAL_JWT_FILE.
provider "codesign" {
  url       = "https://codesign.example.com"
  client_id = "terraform-provider-codesign"
  scope     = "codesign:manage;configuration"
}
