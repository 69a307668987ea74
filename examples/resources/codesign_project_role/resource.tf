data "codesign_identity" "build_machines" {
  prefixed_name = "local:Build Machines"
}

# The security team decides who signs. The product team owns the other roles of the project.
resource "codesign_project_role" "signers" {
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  role     = "Use"
  trustees = [data.codesign_identity.build_machines.prefixed_universal]

  # A nightly plan fails if the role was changed in the product's user interface.
  on_drift           = "Fail"
  resolve_identities = true
}
