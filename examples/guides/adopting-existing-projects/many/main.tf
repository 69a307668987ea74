terraform {
  required_version = ">= 1.7"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "goals" {
  description = "DN of a project => the status that it should have. Null: every project, as it is."
  type        = map(string)
  default     = null
}

# What is queued for deletion or disabled by its parent can't be asked for, and stays outside.
data "codesign_projects" "all" {
  count    = var.goals == null ? 1 : 0
  statuses = ["Enabled", "Disabled", "Draft", "Pending"]
}

locals {
  found = { for dn, project in try(data.codesign_projects.all[0].by_dn, {}) : dn => project.status }
  goals = var.goals == null ? local.found : var.goals
}

import {
  for_each = local.goals

  to = codesign_project_status.this[each.key]
  id = each.key
}

resource "codesign_project_status" "this" {
  for_each = local.goals

  dn     = each.key
  status = each.value
}

# terraform output -raw goals > goals.auto.tfvars.json
output "goals" {
  value = jsonencode({ goals = local.goals })
}
