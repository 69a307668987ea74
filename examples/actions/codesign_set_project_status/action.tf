terraform {
  required_version = ">= 1.14"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "project" {
  description = "DN of the project to disable."
  type        = string
  default     = "\\VED\\Code Signing\\Projects\\Payments"
}

# Disables the project. It is safe to run the command again:
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
