terraform {
  required_version = ">= 1.8"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# ["Owner", "ApproveUse"]
output "names" {
  value = provider::codesign::rights_names(72)
}
