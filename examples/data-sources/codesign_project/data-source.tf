data "codesign_project" "payments" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"
}

output "payments" {
  value = "${data.codesign_project.payments.status}, submitted ${coalesce(data.codesign_project.payments.submitted, "never")}"
}

# Without an owner, only an administrator can submit the project again.
check "owned" {
  assert {
    condition     = length(data.codesign_project.payments.owners) > 0
    error_message = "Payments has no owner."
  }
}
