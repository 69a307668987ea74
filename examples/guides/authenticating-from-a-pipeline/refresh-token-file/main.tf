terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The file holds a refresh token, belongs to this user alone (mode 0600), and lies where the provider may replace it.
provider "codesign" {
  url                = "https://codesign.example.com"
  refresh_token_file = "/var/lib/pipeline/codesign.token"
  client_id          = "terraform-provider-codesign"
}
