terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "stopped" {
  description = "Names of the projects that must stay disabled."
  type        = set(string)
  default     = []
}

locals {
  projects = toset(["Payments", "Rocket Firmware", "Container Images"])
}

resource "codesign_project_status" "this" {
  for_each = local.projects

  dn     = "\\VED\\Code Signing\\Projects\\${each.key}"
  status = contains(var.stopped, each.key) ? "Disabled" : "Enabled"
}
