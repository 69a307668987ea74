terraform {
  required_version = ">= 1.8"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# \VED\Code Signing\Projects\Payments
output "payments" {
  value = provider::codesign::dn("Code Signing", "Projects", "Payments")
}
