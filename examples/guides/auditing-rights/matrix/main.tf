terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# Every project that the caller can see.
data "codesign_rights_matrix" "all" {
  resolve_identities = true
}

# For a comment in the pull request.
output "markdown" {
  value = data.codesign_rights_matrix.all.markdown
}

# For a spreadsheet: terraform output -raw csv > rights.csv
output "csv" {
  value = data.codesign_rights_matrix.all.csv
}

# A check warns and lets the plan go on.
check "no_project_without_an_owner" {
  assert {
    condition     = length(local.without_owner) == 0
    error_message = "Nobody owns ${join(", ", local.without_owner)}."
  }
}

locals {
  without_owner = [
    for dn, trustees in data.codesign_rights_matrix.all.by_object : dn
    if !contains(flatten(values(trustees)), "Owner")
  ]
}
