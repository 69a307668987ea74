terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# Every project that the caller can see.
data "codesign_rights_matrix" "all" {
  resolve_identities = true
}

# Some objects only.
data "codesign_rights_matrix" "payments" {
  dns = [
    "\\VED\\Code Signing\\Projects\\Payments",
    "\\VED\\Code Signing\\Signing Applications\\signtool",
  ]
}

# For a comment on the pull request: terraform output -raw matrix
output "matrix" {
  value = data.codesign_rights_matrix.all.markdown
}

# For a spreadsheet: terraform output -raw csv > rights.csv
output "csv" {
  value = data.codesign_rights_matrix.all.csv
}

# Nobody both uses the keys of a project and approves their use.
check "four_eyes" {
  assert {
    condition = alltrue([
      for dn, trustees in data.codesign_rights_matrix.all.by_object : alltrue([
        for trustee, rights in trustees : !(contains(rights, "Use") && contains(rights, "ApproveUse"))
      ])
    ])
    error_message = "Somebody may use the keys of a project and approve their use as well."
  }
}

output "objects_of_payments" {
  value = keys(data.codesign_rights_matrix.payments.by_object)
}
