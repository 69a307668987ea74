# Server and identity come from the environment of the pipeline: VENAFI_URL, VENAFI_EXTERNAL_JWT_FILE, VENAFI_SCOPE.
provider "codesign" {}

locals {
  # What a merge request changes: a project's name, and the status it should have.
  goals = yamldecode(file("${path.module}/projects.yaml"))
  dns   = { for name, status in local.goals : name => "\\VED\\Code Signing\\Projects\\${name}" }
}

resource "codesign_project_status" "this" {
  for_each = local.goals

  dn     = local.dns[each.key]
  status = each.value
}

# Who may do what, to be read beside the plan.
data "codesign_rights_matrix" "review" {
  dns                = values(local.dns)
  resolve_identities = true
}

output "rights_matrix" {
  description = "Rights on the projects above, as a table in Markdown."
  value       = data.codesign_rights_matrix.review.markdown
}
