terraform {
  required_version = ">= 1.8"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# 72
output "value" {
  value = provider::codesign::rights_value(["Owner", "ApproveUse"])
}
