data "codesign_identity" "payments_team" {
  prefixed_name = "AD+NORTHWIND:Payments Team"
}

data "codesign_trustee_rights" "payments_team" {
  trustee = data.codesign_identity.payments_team.prefixed_universal
}

# DN => names of the rights on the object.
output "payments_team" {
  value = data.codesign_trustee_rights.payments_team.by_object
}

# Warns if the team is an administrator of an object.
check "no_administrators" {
  assert {
    condition     = length(lookup(data.codesign_trustee_rights.payments_team.by_right, "Admin", [])) == 0
    error_message = "The Payments Team has the right Admin."
  }
}
