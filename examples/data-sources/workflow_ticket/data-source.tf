data "workflow_ticket" "renewal" {
  provider = codesign

  guid = "6ede0e12-f7c0-4068-9977-001076205c84"
}

output "renewal" {
  value = "${data.workflow_ticket.renewal.status}: ${coalesce(data.workflow_ticket.renewal.blocking, "?")} waits for one of ${join(", ", data.workflow_ticket.renewal.approvers)}"
}
