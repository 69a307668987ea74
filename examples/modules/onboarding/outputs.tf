output "dn" {
  description = "DN of the project, for the approver's configuration."
  value       = codesign_project.this.dn
}

output "guid" {
  description = "GUID of the project. It does not change."
  value       = codesign_project.this.guid
}

output "status" {
  description = "Status of the project."
  value       = codesign_project_status.this.current_status
}

output "grants" {
  description = "Which grants are active."
  value       = { for key, grant in codesign_project_role_member.grant : key => grant.active }
}
