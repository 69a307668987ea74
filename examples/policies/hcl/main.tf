# The policies of ../projects.rego in the configuration itself. They need no further program and no server: a plan that breaks
# one fails. The checks at the end warn about the settings of the server.
terraform {
  required_version = ">= 1.5"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

provider "codesign" {}

variable "projects" {
  description = "Projects by name. Trustees are prefixed universals, as of the data source codesign_identity."
  type = map(object({
    owners              = set(string)
    key_users           = set(string)
    key_use_approvers   = set(string)
    applications        = set(string)
    deletion_protection = optional(bool, true)
    force_destroy       = optional(bool, false)
    self_approve        = optional(bool, false)
  }))
  default = {}
}

resource "codesign_project" "this" {
  for_each = var.projects

  dn                  = "\\VED\\Code Signing\\Projects\\${each.key}"
  owners              = each.value.owners
  key_users           = each.value.key_users
  key_use_approvers   = each.value.key_use_approvers
  applications        = each.value.applications
  deletion_protection = each.value.deletion_protection
  force_destroy       = each.value.force_destroy

  lifecycle {
    precondition {
      condition = length(setintersection(
        [for trustee in each.value.key_users : lower(replace(trustee, "/[{}]/", ""))],
        [for trustee in each.value.key_use_approvers : lower(replace(trustee, "/[{}]/", ""))],
      )) == 0
      error_message = "One trustee signs and approves in ${each.key}."
    }
    precondition {
      condition     = length(each.value.applications) > 0
      error_message = "Every application may sign in ${each.key}. Name the permitted applications."
    }
    precondition {
      condition     = each.value.deletion_protection
      error_message = "The deletion protection of ${each.key} is off."
    }
    precondition {
      condition     = !each.value.force_destroy
      error_message = "force_destroy deletes the keys of ${each.key}."
    }
  }
}

resource "codesign_project_status" "this" {
  for_each = var.projects

  guid              = codesign_project.this[each.key].guid
  status            = "Pending"
  self_approve      = each.value.self_approve
  status_on_destroy = "Disabled"

  lifecycle {
    precondition {
      condition     = !each.value.self_approve
      error_message = "One identity submits and approves ${each.key}."
    }
  }
}

# An attribute is null if the server is older than the setting, so the comparison is explicit. The data source needs the scope
# codesign:manage. Inside a check, a missing scope is a warning.
check "four_eyes" {
  data "codesign_global_configuration" "signing" {}

  assert {
    condition     = data.codesign_global_configuration.signing.prevent_self_dealing == true
    error_message = "Key users may hold other roles on their project."
  }
}

data "codesign_projects" "enabled" {
  statuses = ["Enabled"]
}

# Projects that this configuration does not manage.
check "separation_of_duties" {
  assert {
    condition = alltrue([for project in data.codesign_projects.enabled.projects :
      length(setintersection(project.key_users, project.key_use_approvers)) == 0
    ])
    error_message = "One trustee signs and approves in: ${join(", ", [for project in data.codesign_projects.enabled.projects :
      project.dn if length(setintersection(project.key_users, project.key_use_approvers)) > 0
    ])}"
  }
}

check "permitted_applications" {
  assert {
    condition = alltrue([for project in data.codesign_projects.enabled.projects :
      length(concat(project.applications, project.collections)) > 0
    ])
    error_message = "Every application may sign in: ${join(", ", [for project in data.codesign_projects.enabled.projects :
      project.dn if length(concat(project.applications, project.collections)) == 0
    ])}"
  }
}
