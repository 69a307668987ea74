terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

data "codesign_environment" "production" {
  dn = "\\VED\\Code Signing\\Projects\\Payments\\Production"
}

# Signing clients address the environment by this label.
output "label" {
  value = data.codesign_environment.production.label
}

output "key_algorithm" {
  value = data.codesign_environment.production.key_algorithm
}
