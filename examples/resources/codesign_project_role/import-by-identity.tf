terraform {
  required_version = ">= 1.12"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

import {
  to = codesign_project_role.signers
  identity = {
    guid = "9edddc19-8404-55ae-8322-a1bd56f911ef"
    role = "Use"
  }
}

data "codesign_identity" "build_machines" {
  prefixed_name = "local:Build Machines"
}

resource "codesign_project_role" "signers" {
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  role     = "Use"
  trustees = [data.codesign_identity.build_machines.prefixed_universal]
}
