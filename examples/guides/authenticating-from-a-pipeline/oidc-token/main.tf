terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The job's token comes from VENAFI_EXTERNAL_JWT, or from the file that VENAFI_EXTERNAL_JWT_FILE names.
provider "codesign" {
  url       = "https://codesign.example.com"
  client_id = "terraform-provider-codesign"
  scope     = "codesign:manage;configuration"
}
