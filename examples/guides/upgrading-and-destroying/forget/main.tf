terraform {
  required_version = ">= 1.7"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# In place of the resource: it leaves the state, and its status_on_destroy is not carried out.
removed {
  from = codesign_project_status.payments

  lifecycle {
    destroy = false
  }
}
