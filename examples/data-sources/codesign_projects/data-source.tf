# The caller's projects that wait for approval.
data "codesign_projects" "waiting" {
  rights   = ["Owner"]
  statuses = ["Pending"]
}

output "waiting_since" {
  value = { for project in data.codesign_projects.waiting.projects : project.dn => project.submitted }
}

# The rights on each enabled project.
data "codesign_projects" "enabled" {
  statuses = ["Enabled"]
}

data "codesign_object_rights" "enabled" {
  for_each = data.codesign_projects.enabled.by_dn
  dn       = each.key
}

output "owners" {
  value = { for dn, rights in data.codesign_object_rights.enabled : dn => lookup(rights.by_right, "Owner", []) }
}
