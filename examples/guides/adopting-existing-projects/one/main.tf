terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

import {
  to = codesign_project_status.payments
  id = "\\VED\\Code Signing\\Projects\\Payments"
}

resource "codesign_project_status" "payments" {
  dn     = "\\VED\\Code Signing\\Projects\\Payments"
  status = "Enabled"
}
