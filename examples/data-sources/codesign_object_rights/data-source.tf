data "codesign_object_rights" "payments" {
  dn                 = "\\VED\\Code Signing\\Projects\\Payments"
  resolve_identities = true
}

# A readable list: trustee => names of its rights.
output "rights" {
  value = {
    for r in data.codesign_object_rights.payments.rights : "${coalesce(r.name, "unknown")} (${r.trustee})" => r.rights
  }
}

# Warns if a trustee both uses the keys and approves their use.
check "four_eyes" {
  assert {
    condition = length(setintersection(
      lookup(data.codesign_object_rights.payments.by_right, "Use", []),
      lookup(data.codesign_object_rights.payments.by_right, "ApproveUse", []),
    )) == 0
    error_message = "A trustee of Payments has the rights Use and ApproveUse."
  }
}
