terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

data "codesign_project" "payments" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"
}

output "payments" {
  value = "${data.codesign_project.payments.status}, submitted ${coalesce(data.codesign_project.payments.submitted, "never")}"
}

# A project that nobody owns can't be submitted again by anybody but an administrator.
check "owned" {
  assert {
    condition     = length(data.codesign_project.payments.owners) > 0
    error_message = "Payments has no owner."
  }
}
