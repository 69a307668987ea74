terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The approver's pipeline. VENAFI_URL and the approver's credentials (scope codesign:approve) come from its environment.
provider "codesign" {}

variable "project" {
  description = "DN of the project that was reviewed."
  type        = string
  default     = "\\VED\\Code Signing\\Projects\\Payments"
}

variable "change" {
  description = "Number of the change under which the project was reviewed."
  type        = string
  default     = "CHG0012345"
}

# Waits for the owner's submission, approves it once, and plans nothing from then on, whatever becomes of the project.
resource "codesign_project_approval" "onboarded" {
  dn       = var.project
  decision = "Approved"
  comment  = var.change

  timeouts = {
    create = "30m"
  }
}
