# What the approver decides about. The identity needs a role that shows the project.
data "codesign_project" "this" {
  dn = var.dn
}

locals {
  both = setintersection(data.codesign_project.this.key_users, data.codesign_project.this.key_use_approvers)
}

# Approves the submission that the plan shows, once.
resource "codesign_project_approval" "this" {
  dn       = var.dn
  decision = var.decision
  comment  = var.change

  timeouts = {
    create = var.timeout
  }

  lifecycle {
    precondition {
      condition     = var.decision == "Rejected" || length(local.both) == 0
      error_message = "One identity signs and approves in ${var.dn}: ${join(", ", local.both)}."
    }
    precondition {
      condition     = var.decision == "Rejected" || length(concat(data.codesign_project.this.applications, data.codesign_project.this.collections)) > 0
      error_message = "Every application may sign in ${var.dn}."
    }
  }
}
