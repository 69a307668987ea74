terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

data "codesign_rights_matrix" "all" {}

locals {
  # "trustee on project" wherever somebody may both use a key and approve its use.
  both = flatten([
    for dn, trustees in data.codesign_rights_matrix.all.by_object : [
      for trustee, names in trustees : "${trustee} on ${dn}"
      if contains(names, "Use") && contains(names, "ApproveUse")
    ]
  ])
}

# A precondition of an output fails the plan. Nothing of it can be applied then.
output "separation_of_duties" {
  value = "Nobody approves the use of a key that they may use themselves."

  precondition {
    condition     = length(local.both) == 0
    error_message = "Key User and Key Use Approver at once:\n${join("\n", local.both)}"
  }
}

# On a resource it stops that one. This project is not enabled by somebody who may approve its use.
data "codesign_server" "this" {}

data "codesign_object_rights" "payments" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"

  lifecycle {
    postcondition {
      condition     = length(lookup(self.by_right, "ApproveUse", [])) > 0
      error_message = "Nobody could approve the use of the keys of ${self.dn}."
    }
  }
}

resource "codesign_project_status" "payments" {
  dn     = data.codesign_object_rights.payments.dn
  status = "Enabled"

  lifecycle {
    precondition {
      condition     = !contains(lookup(data.codesign_object_rights.payments.by_right, "ApproveUse", []), data.codesign_server.this.prefixed_universal)
      error_message = "This pipeline approves the use of the keys of Payments, so somebody else has to enable the project."
    }
  }
}
