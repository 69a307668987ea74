terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

data "codesign_object_rights" "payments" {
  dn                 = "\\VED\\Code Signing\\Projects\\Payments"
  resolve_identities = true
}

# Who may do what, for a person to read.
output "rights" {
  value = {
    for r in data.codesign_object_rights.payments.rights : "${coalesce(r.name, "unknown")} (${r.trustee})" => r.rights
  }
}

# Nobody both uses a key and approves its use.
check "four_eyes" {
  assert {
    condition = length(setintersection(
      lookup(data.codesign_object_rights.payments.by_right, "Use", []),
      lookup(data.codesign_object_rights.payments.by_right, "ApproveUse", []),
    )) == 0
    error_message = "A key user of Payments may also approve the use of its keys."
  }
}
