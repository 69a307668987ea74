terraform {
  required_version = ">= 1.7"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "statuses" {
  description = "DN of a project => desired status. Null: all projects, each with its current status."
  type        = map(string)
  default     = null
}

# Projects that are queued for deletion or disabled by their parent cannot be managed.
data "codesign_projects" "all" {
  count    = var.statuses == null ? 1 : 0
  statuses = ["Enabled", "Disabled", "Draft", "Pending"]
}

locals {
  found    = { for dn, project in try(data.codesign_projects.all[0].by_dn, {}) : dn => project.status }
  statuses = var.statuses == null ? local.found : var.statuses
}

import {
  for_each = local.statuses

  to = codesign_project_status.this[each.key]
  id = each.key
}

resource "codesign_project_status" "this" {
  for_each = local.statuses

  dn     = each.key
  status = each.value
}

# terraform output -raw statuses > statuses.auto.tfvars.json
output "statuses" {
  value = jsonencode({ statuses = local.statuses })
}
