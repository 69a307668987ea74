# The file holds a refresh token. It has the mode 0600, and the provider can create files in its directory.
provider "codesign" {
  url                = "https://codesign.example.com"
  refresh_token_file = "/var/lib/pipeline/codesign.token"
  client_id          = "terraform-provider-codesign"
}
