terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "change" {
  description = "An approved change, and its window."
  type        = object({ number = string, opens = string, closes = string })
  default = {
    number = "CHG0012345"
    opens  = "2126-12-01T22:00:00+01:00"
    closes = "2126-12-02T02:00:00+01:00"
  }
}

# What waits for a decision. Once the server has used the decisions it lists nothing here any more, which is fine.
data "workflow_tickets" "pending" {
  provider = codesign

  object_dn   = "\\VED\\Policy\\Web\\shop.northwind.example"
  statuses    = ["Pending"]
  allow_empty = true
}

# The tickets that waited when the change came: kept although they leave the list, until there is another change.
resource "terraform_data" "tickets" {
  input            = data.workflow_tickets.pending.guids
  triggers_replace = var.change.number

  lifecycle {
    ignore_changes = [input]
  }
}

# Every one of them is approved for the window of the change. Once the server has consumed them nothing is planned.
resource "workflow_ticket_decision" "change" {
  provider = codesign
  for_each = toset(terraform_data.tickets.input)

  guid        = each.key
  status      = "Approved Between"
  explanation = var.change.number

  schedule = {
    start = var.change.opens
    stop  = var.change.closes
  }
}
