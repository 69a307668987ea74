# Waits until the owner has submitted the project, and approves the submission once.
resource "codesign_project_approval" "payments" {
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  decision = "Approved"
  comment  = "CHG0012345"

  timeouts = {
    create = "20m"
  }
}
