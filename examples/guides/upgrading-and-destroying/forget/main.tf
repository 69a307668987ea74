terraform {
  required_version = ">= 1.7"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# This block replaces the resource block. It removes the project from the state and ignores status_on_destroy.
removed {
  from = codesign_project_status.payments

  lifecycle {
    destroy = false
  }
}
