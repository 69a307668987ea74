locals {
  # The roles that this module owns as a whole. A role without a list belongs to its grants alone.
  roles = { for role, names in {
    Audit      = var.auditors
    Use        = var.key_users
    ApproveUse = var.key_use_approvers
  } : role => names if names != null }

  names = toset(concat(
    tolist(var.owners),
    flatten([for names in local.roles : tolist(names)]),
    [for grant in var.grants : grant.trustee],
  ))
  trustees = { for name, identity in data.codesign_identity.this : name => identity.prefixed_universal }

  # Who signs and who approves, including the grants. The directory ignores case.
  signers = toset([for name in concat(
    tolist(var.key_users == null ? [] : var.key_users),
    [for grant in var.grants : grant.trustee if grant.role == "Use"],
  ) : lower(name)])
  approvers = toset([for name in concat(
    tolist(var.key_use_approvers == null ? [] : var.key_use_approvers),
    [for grant in var.grants : grant.trustee if grant.role == "ApproveUse"],
  ) : lower(name)])
  both = setintersection(local.signers, local.approvers)
}

# The server stores identifiers. An unknown name fails the plan.
data "codesign_identity" "this" {
  for_each = local.names

  prefixed_name = each.key
}

resource "codesign_project" "this" {
  dn            = "${var.folder}\\${var.name}"
  description   = var.description
  owners        = [for name in var.owners : local.trustees[name]]
  applications  = var.applications
  custom_fields = var.custom_fields

  deletion_protection = !var.decommission
  resolve_identities  = true # the plan shows names

  lifecycle {
    precondition {
      condition     = length(local.both) == 0
      error_message = "A trustee must not sign and approve in one project: ${join(", ", local.both)}."
    }
  }
}

resource "codesign_project_role" "this" {
  for_each = local.roles

  guid     = codesign_project.this.guid
  role     = each.key
  trustees = [for name in each.value : local.trustees[name]]
  on_drift = var.on_drift
}

resource "codesign_project_role_member" "grant" {
  for_each = var.grants

  guid    = codesign_project.this.guid
  role    = each.value.role
  trustee = local.trustees[each.value.trustee]
  expires = each.value.expires

  lifecycle {
    # codesign_project_role would remove the member again.
    precondition {
      condition     = each.value.role != "Owner" && !contains(keys(local.roles), each.value.role)
      error_message = "The grant ${each.key} needs a role without a list. ${each.value.role} has one."
    }
  }
}

# Pending submits the project and does not wait. It is met by an enabled project, so later plans are empty.
resource "codesign_project_status" "this" {
  guid              = codesign_project.this.guid
  status            = var.enabled ? "Pending" : "Disabled"
  status_on_destroy = "Disabled"

  # The approver sees all roles.
  depends_on = [codesign_project_role.this, codesign_project_role_member.grant]
}
