terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# The id is the DN, the GUID or the number of the project.
import {
  to = codesign_project.payments
  id = "\\VED\\Code Signing\\Projects\\Payments"
}

resource "codesign_project" "payments" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"
}
