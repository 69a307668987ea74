output "roles" {
  description = "Who has which role on the project."
  value = {
    Owner      = data.codesign_project.this.owners
    Audit      = data.codesign_project.this.auditors
    Use        = data.codesign_project.this.key_users
    ApproveUse = data.codesign_project.this.key_use_approvers
  }
}

output "ticket_id" {
  description = "The submission that the approval is about."
  value       = codesign_project_approval.this.ticket_id
}
