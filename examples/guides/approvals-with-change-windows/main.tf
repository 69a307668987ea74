terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "change" {
  description = "A change that has been approved, and its window: two times in RFC 3339, each with an offset."
  type = object({
    number = string
    ticket = string
    opens  = string
    closes = string
  })
  default = {
    number = "CHG0012345"
    ticket = "6ede0e12-f7c0-4068-9977-001076205c84"
    opens  = "2126-12-01T22:00:00+01:00"
    closes = "2126-12-02T02:00:00+01:00"
  }
}

resource "workflow_ticket_decision" "renewal" {
  provider = codesign

  guid        = var.change.ticket
  status      = "Approved Between"
  explanation = var.change.number

  schedule = {
    start = var.change.opens
    stop  = var.change.closes
  }
}

# "Approved Between" until the window has been used, "Processed" from then on.
output "ticket" {
  value = workflow_ticket_decision.renewal.current_status
}
