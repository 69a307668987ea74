terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The approver's pipeline. Its environment has VENAFI_URL and the approver's credentials, with the scope codesign:approve.
provider "codesign" {}

variable "project" {
  description = "DN of the reviewed project."
  type        = string
  default     = "\\VED\\Code Signing\\Projects\\Payments"
}

variable "change" {
  description = "Number of the change that approves the project."
  type        = string
  default     = "CHG0012345"
}

# Waits for the owner's submission and approves it once. Later plans are empty.
resource "codesign_project_approval" "onboarded" {
  dn       = var.project
  decision = "Approved"
  comment  = var.change

  timeouts = {
    create = "30m"
  }
}
