# What make demo applies for the approver, who has other credentials and another state.
terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

provider "codesign" {}

locals {
  project = "\\VED\\Code Signing\\Projects\\Telemetry"
}

data "codesign_object_rights" "telemetry" {
  dn                 = local.project
  resolve_identities = true
}

resource "codesign_project_approval" "telemetry" {
  dn       = local.project
  decision = "Approved"
  comment  = "CHG0012345"
}

output "rights" {
  value = [for r in data.codesign_object_rights.telemetry.rights : {
    who    = coalesce(r.name, r.trustee)
    kind   = r.kind
    rights = r.rights
  }]
}
