terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

resource "codesign_project_status" "payments" {
  dn     = "\\VED\\Code Signing\\Projects\\Payments"
  status = "Enabled"

  # A destroy disables the project. Without this line it would only be forgotten.
  status_on_destroy = "Disabled"
}

resource "workflow_ticket_decision" "renewal" {
  provider = codesign

  guid   = "8a83384d-3e44-4b62-b706-dc78459f2ac3"
  status = "Approved After"

  schedule = {
    start = "2126-12-01T22:00:00Z"
  }

  # A destroy sets the ticket back to Pending, if it still exists by then. Without this line the decision stays.
  reopen_on_destroy = true
}
