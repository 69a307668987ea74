# The owner submits the project. An approver approves it with codesign_project_approval or in the
# product's user interface. The apply waits until the project is enabled.
resource "codesign_project_status" "payments" {
  dn     = "\\VED\\Code Signing\\Projects\\Payments"
  status = "Enabled"

  # A destroy disables the project. Without this argument it does not change the project.
  status_on_destroy = "Disabled"

  timeouts = {
    create = "45m"
    update = "45m"
  }
}
