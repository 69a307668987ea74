terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# By DN, GUID or numeric id.
import {
  to = codesign_project_status.payments
  id = "\\VED\\Code Signing\\Projects\\Payments"
}

resource "codesign_project_status" "payments" {
  dn     = "\\VED\\Code Signing\\Projects\\Payments"
  status = "Enabled"
}
