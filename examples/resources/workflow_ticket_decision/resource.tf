resource "workflow_ticket_decision" "renewal" {
  provider = codesign

  guid        = "6ede0e12-f7c0-4068-9977-001076205c84"
  status      = "Approved Between"
  explanation = "CHG0012345"

  schedule = {
    start = "2126-12-01T22:00:00Z"
    stop  = "2126-12-02T02:00:00+01:00"
  }
}
