terraform import workflow_ticket_decision.renewal 6ede0e12-f7c0-4068-9977-001076205c84
