terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

data "codesign_identity" "payments_team" {
  prefixed_name = "AD+NORTHWIND:Payments Team"
}

data "codesign_trustee_rights" "payments_team" {
  trustee = data.codesign_identity.payments_team.prefixed_universal
}

# DN -> names of the rights on it.
output "payments_team" {
  value = data.codesign_trustee_rights.payments_team.by_object
}

# A team signs, and administers nothing.
check "no_administrators" {
  assert {
    condition     = length(lookup(data.codesign_trustee_rights.payments_team.by_right, "Admin", [])) == 0
    error_message = "The payments team has become an administrator."
  }
}
