terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

resource "codesign_project_status" "payments" {
  dn     = "\\VED\\Code Signing\\Projects\\Payments"
  status = "Enabled"

  # A destroy disables the project. Without this argument it only removes the project from the state.
  status_on_destroy = "Disabled"
}

resource "workflow_ticket_decision" "renewal" {
  provider = codesign

  guid   = "8a83384d-3e44-4b62-b706-dc78459f2ac3"
  status = "Approved After"

  schedule = {
    start = "2126-12-01T22:00:00Z"
  }

  # A destroy sets the ticket back to Pending if it still exists. Without this argument the decision stays.
  reopen_on_destroy = true
}
