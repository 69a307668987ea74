terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "projects" {
  description = "Name of a project => desired status."
  type        = map(string)
  default     = { "Payments" = "Enabled" }
}

resource "codesign_project_status" "this" {
  for_each = var.projects

  dn     = "\\VED\\Code Signing\\Projects\\${each.key}"
  status = each.value
}

data "codesign_rights_matrix" "this" {
  dns = [for name in keys(var.projects) : "\\VED\\Code Signing\\Projects\\${name}"]
}

locals {
  both = flatten([
    for dn, trustees in data.codesign_rights_matrix.this.by_object : [
      for trustee, names in trustees : "${trustee} on ${dn}"
      if contains(names, "Use") && contains(names, "ApproveUse")
    ]
  ])
}

output "separation_of_duties" {
  value = "No trustee has the rights Use and ApproveUse on the same project."

  precondition {
    condition     = length(local.both) == 0
    error_message = "Key User and Key Use Approver at once:\n${join("\n", local.both)}"
  }
}
