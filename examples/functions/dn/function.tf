# \VED\Code Signing\Projects\Payments
output "payments" {
  value = provider::codesign::dn("Code Signing", "Projects", "Payments")
}
