terraform {
  required_version = ">= 1.10"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The owner: the provider reads the server and the token from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# The approver. Without the variable the provider uses VENAFI_TOKEN here, too.
provider "codesign" {
  alias        = "approver"
  access_token = var.approver_token
}

variable "approver_token" {
  description = "Access token of an approver of the project."
  type        = string
  sensitive   = true
  ephemeral   = true # A saved plan contains the other variables.
  default     = null
}

# The owner submits the project, and the apply waits until it is enabled.
resource "codesign_project_status" "ground_station" {
  dn     = "\\VED\\Code Signing\\Projects\\Ground Station"
  status = "Enabled"
}

# The approver approves the submission.
resource "codesign_project_approval" "ground_station" {
  provider = codesign.approver

  dn       = "\\VED\\Code Signing\\Projects\\Ground Station"
  decision = "Approved"
  comment  = "CHG0012345"
}

output "ground_station" {
  value = codesign_project_status.ground_station.current_status
}
