terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# Waits until the owner has submitted the project, and approves the submission once.
resource "codesign_project_approval" "payments" {
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  decision = "Approved"
  comment  = "CHG0012345"

  timeouts = {
    create = "20m"
  }
}
