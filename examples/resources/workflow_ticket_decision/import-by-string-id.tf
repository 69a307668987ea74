import {
  provider = codesign
  to       = workflow_ticket_decision.renewal
  id       = "6ede0e12-f7c0-4068-9977-001076205c84"
}

resource "workflow_ticket_decision" "renewal" {
  provider = codesign

  guid   = "6ede0e12-f7c0-4068-9977-001076205c84"
  status = "Approved"
}
