terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

import {
  provider = codesign
  to       = workflow_ticket_decision.renewal
  id       = "6ede0e12-f7c0-4068-9977-001076205c84"
}

resource "workflow_ticket_decision" "renewal" {
  provider = codesign

  guid   = "6ede0e12-f7c0-4068-9977-001076205c84"
  status = "Approved"
}
