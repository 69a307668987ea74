variable "ticket" {
  description = "GUID of the workflow ticket to approve."
  type        = string
  default     = "6ede0e12-f7c0-4068-9977-001076205c84"
}

# Approves the ticket:
# terraform apply -invoke=action.workflow_decide_ticket.approve -var ticket=6ede0e12-f7c0-4068-9977-001076205c84
action "workflow_decide_ticket" "approve" {
  provider = codesign

  config {
    guid        = var.ticket
    status      = "Approved"
    explanation = "CHG0012345"
  }
}
