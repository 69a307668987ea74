terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The owner's pipeline. Its environment has VENAFI_URL and the owner's credentials, with the scope codesign:manage.
provider "codesign" {}

# "Pending" submits the project and does not wait. An enabled project meets it too, so later plans are empty.
resource "codesign_project_status" "onboarded" {
  dn     = "\\VED\\Code Signing\\Projects\\Payments"
  status = "Pending"
}
