terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

data "codesign_rights_matrix" "all" {}

locals {
  # "trustee on project" for each trustee with the rights Use and ApproveUse on the same project.
  both = flatten([
    for dn, trustees in data.codesign_rights_matrix.all.by_object : [
      for trustee, names in trustees : "${trustee} on ${dn}"
      if contains(names, "Use") && contains(names, "ApproveUse")
    ]
  ])
}

# A precondition of an output fails the whole plan.
output "separation_of_duties" {
  value = "No trustee has the rights Use and ApproveUse on the same project."

  precondition {
    condition     = length(local.both) == 0
    error_message = "Key User and Key Use Approver at once:\n${join("\n", local.both)}"
  }
}

# A precondition of a resource fails that resource: an approver of key use cannot enable the project.
data "codesign_server" "this" {}

data "codesign_object_rights" "payments" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"

  lifecycle {
    postcondition {
      condition     = length(lookup(self.by_right, "ApproveUse", [])) > 0
      error_message = "No trustee can approve the use of the keys of ${self.dn}."
    }
  }
}

resource "codesign_project_status" "payments" {
  dn     = data.codesign_object_rights.payments.dn
  status = "Enabled"

  lifecycle {
    precondition {
      condition     = !contains(lookup(data.codesign_object_rights.payments.by_right, "ApproveUse", []), data.codesign_server.this.prefixed_universal)
      error_message = "The identity of this pipeline approves the use of the keys of Payments, so it must not enable the project."
    }
  }
}
