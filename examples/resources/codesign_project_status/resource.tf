terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# Submits the project for approval, approves the submission as the caller, and keeps the project enabled from then on.
resource "codesign_project_status" "payments" {
  dn     = "\\VED\\Code Signing\\Projects\\Payments"
  status = "Enabled"

  self_approve     = true
  approval_comment = "CHG0012345"

  # Without this line a destroy leaves the project as it is.
  status_on_destroy = "Disabled"

  timeouts = {
    create = "20m"
    update = "20m"
  }
}
