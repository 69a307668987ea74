terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "stopped" {
  description = "Names of projects with which nothing may be signed for the time being."
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
