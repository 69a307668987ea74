terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

data "codesign_identity" "contractor" {
  prefixed_name = "local:approver-bot"
}

# One trustee. Other trustees of the role do not change.
resource "codesign_project_role_member" "contractor" {
  dn      = "\\VED\\Code Signing\\Projects\\Payments"
  role    = "ApproveUse"
  trustee = data.codesign_identity.contractor.prefixed_universal

  expires            = "2126-03-31T17:00:00Z"
  resolve_identities = true
}
