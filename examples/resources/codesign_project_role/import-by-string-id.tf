terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# The id is the GUID of the project and the role.
import {
  to = codesign_project_role.signers
  id = "9edddc19-8404-55ae-8322-a1bd56f911ef/Use"
}

data "codesign_identity" "build_machines" {
  prefixed_name = "local:Build Machines"
}

resource "codesign_project_role" "signers" {
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  role     = "Use"
  trustees = [data.codesign_identity.build_machines.prefixed_universal]
}
