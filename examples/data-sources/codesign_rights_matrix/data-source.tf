# All projects that the caller can see.
data "codesign_rights_matrix" "all" {
  resolve_identities = true
}

# Selected objects.
data "codesign_rights_matrix" "payments" {
  dns = [
    "\\VED\\Code Signing\\Projects\\Payments",
    "\\VED\\Code Signing\\Signing Applications\\signtool",
  ]
}

# For a comment on a pull request: terraform output -raw matrix
output "matrix" {
  value = data.codesign_rights_matrix.all.markdown
}

# Warns if a trustee both uses the keys of a project and approves their use.
check "four_eyes" {
  assert {
    condition = alltrue([
      for dn, trustees in data.codesign_rights_matrix.all.by_object : alltrue([
        for trustee, rights in trustees : !(contains(rights, "Use") && contains(rights, "ApproveUse"))
      ])
    ])
    error_message = "A trustee has the rights Use and ApproveUse on the same project."
  }
}

output "objects_of_payments" {
  value = keys(data.codesign_rights_matrix.payments.by_object)
}
