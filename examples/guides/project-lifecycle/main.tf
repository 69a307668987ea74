terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "statuses" {
  description = "Name of a project => desired status."
  type        = map(string)
  default = {
    "Payments"         = "Enabled"
    "Helm Charts"      = "Pending" # submitted for approval, or approved
    "Container Images" = "Disabled"
  }
}

resource "codesign_project_status" "this" {
  for_each = var.statuses

  dn     = "\\VED\\Code Signing\\Projects\\${each.key}"
  status = each.value
}

# The current status can differ from the desired one: an enabled project meets "Pending".
output "statuses" {
  value = { for name, project in codesign_project_status.this : name => project.current_status }
}
