terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "change" {
  description = "An approved change: its number, the ticket, and the window as RFC 3339 times with an offset."
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

# "Approved Between", and "Processed" after the server has consumed the ticket.
output "ticket" {
  value = workflow_ticket_decision.renewal.current_status
}
