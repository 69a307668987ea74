terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "goals" {
  description = "Name of a project => the status that it should have."
  type        = map(string)
  default = {
    "Payments"         = "Enabled"
    "Helm Charts"      = "Pending" # submitted; whether it has been approved is not this configuration's business
    "Container Images" = "Disabled"
  }
}

resource "codesign_project_status" "this" {
  for_each = var.goals

  dn     = "\\VED\\Code Signing\\Projects\\${each.key}"
  status = each.value
}

# The goal and what the server says can differ: "Pending" is met by a project that is Enabled by now.
output "statuses" {
  value = { for name, project in codesign_project_status.this : name => project.current_status }
}
