data "codesign_identity" "release_managers" {
  prefixed_name = "AD+NORTHWIND:Release Managers"
}

data "codesign_identity" "build_machines" {
  prefixed_name = "local:Build Machines"
}

resource "codesign_project" "firmware" {
  dn          = "\\VED\\Code Signing\\Projects\\Terminal Firmware"
  description = "Payment terminal firmware"

  owners    = [data.codesign_identity.release_managers.prefixed_universal]
  key_users = [data.codesign_identity.build_machines.prefixed_universal]
  # auditors and key_use_approvers are not configured: they keep their values.

  resolve_identities  = true
  deletion_protection = true
}

# A new project is a draft. This resource submits it, and waits for its approval.
resource "codesign_project_status" "firmware" {
  guid   = codesign_project.firmware.guid
  status = "Enabled"
}
