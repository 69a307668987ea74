terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The owner's pipeline. VENAFI_URL and the owner's credentials (scope codesign:manage) come from its environment.
provider "codesign" {}

variable "project" {
  description = "DN of the project to onboard."
  type        = string
  default     = "\\VED\\Code Signing\\Projects\\Payments"
}

# "Pending" means submitted: it doesn't wait for the approver, and stays content once the project is enabled.
resource "codesign_project_status" "onboarded" {
  dn     = var.project
  status = "Pending"
}
