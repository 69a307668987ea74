# The provider reads the password of the file from VENAFI_P12_PASSWORD.
provider "codesign" {
  url               = "https://codesign.example.com"
  p12_cert_filename = "/etc/pki/pipeline/client.p12"
  client_id         = "terraform-provider-codesign"
  scope             = "codesign:manage;configuration"
}
