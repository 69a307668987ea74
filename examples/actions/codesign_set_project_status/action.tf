terraform {
  required_version = ">= 1.14"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "project" {
  description = "DN of the project to stop."
  type        = string
  default     = "\\VED\\Code Signing\\Projects\\Payments"
}

# The emergency stop, safe to repeat:
# terraform apply -auto-approve -invoke=action.codesign_set_project_status.stop
action "codesign_set_project_status" "stop" {
  config {
    dn     = var.project
    status = "Disabled"

    timeouts = {
      invoke = "2m"
    }
  }
}
