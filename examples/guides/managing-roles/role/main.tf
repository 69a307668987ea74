terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

variable "signers" {
  description = "Groups that sign, as names with their directory."
  type        = set(string)
  default     = ["local:Build Machines"]
}

data "codesign_identity" "signer" {
  for_each      = var.signers
  prefixed_name = each.key
}

# All Key Users of the project. A trustee that is not listed loses the role. Other roles do not change.
resource "codesign_project_role" "signers" {
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  role     = "Use"
  trustees = [for signer in data.codesign_identity.signer : signer.prefixed_universal]

  resolve_identities = true # shows names in the plan
}
