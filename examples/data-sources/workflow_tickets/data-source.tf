variable "change" {
  description = "Number and window of an approved change."
  type        = object({ number = string, opens = string, closes = string })
  default = {
    number = "CHG0012345"
    opens  = "2126-12-01T22:00:00+01:00"
    closes = "2126-12-02T02:00:00+01:00"
  }
}

# The tickets that wait for a decision. The list is empty when the server has consumed them.
data "workflow_tickets" "pending" {
  provider = codesign

  object_dn   = "\\VED\\Policy\\Web\\shop.northwind.example"
  statuses    = ["Pending"]
  allow_empty = true
}

# Keeps the GUIDs until the number of the change is different, also after the tickets have left the list.
resource "terraform_data" "tickets" {
  input            = data.workflow_tickets.pending.guids
  triggers_replace = var.change.number

  lifecycle {
    ignore_changes = [input]
  }
}

# Approves each ticket for the window of the change.
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
