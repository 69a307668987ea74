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
  without_approver = [
    for dn, trustees in data.codesign_rights_matrix.this.by_object : dn
    if !contains(flatten(values(trustees)), "ApproveUse")
  ]
}

output "key_use_approvers" {
  value = "Each project has a Key Use Approver."

  precondition {
    condition     = length(local.without_approver) == 0
    error_message = "Projects without a Key Use Approver:\n${join("\n", local.without_approver)}"
  }
}
