terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# All projects that the caller can see.
data "codesign_rights_matrix" "all" {
  resolve_identities = true
}

# For a comment on a pull request: terraform output -raw markdown
output "markdown" {
  value = data.codesign_rights_matrix.all.markdown
}

# For a spreadsheet: terraform output -raw csv > rights.csv
output "csv" {
  value = data.codesign_rights_matrix.all.csv
}

# A check prints a warning. It does not fail the plan.
check "no_project_without_an_owner" {
  assert {
    condition     = length(local.without_owner) == 0
    error_message = "${join(", ", local.without_owner)} has no owner."
  }
}

locals {
  without_owner = [
    for dn, trustees in data.codesign_rights_matrix.all.by_object : dn
    if !contains(flatten(values(trustees)), "Owner")
  ]
}
