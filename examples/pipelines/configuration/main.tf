# The pipeline sets the server and the identity: VENAFI_URL, VENAFI_EXTERNAL_JWT_FILE and VENAFI_SCOPE.
provider "codesign" {}

locals {
  # Pull requests change this file: name of a project => desired status.
  statuses = yamldecode(file("${path.module}/projects.yaml"))
  dns      = { for name, status in local.statuses : name => "\\VED\\Code Signing\\Projects\\${name}" }
}

resource "codesign_project_status" "this" {
  for_each = local.statuses

  dn     = local.dns[each.key]
  status = each.value
}

# The rights that reviewers read next to the plan.
data "codesign_rights_matrix" "review" {
  dns                = values(local.dns)
  resolve_identities = true
}

output "rights_matrix" {
  description = "Rights on the projects above, as a table in Markdown."
  value       = data.codesign_rights_matrix.review.markdown
}
