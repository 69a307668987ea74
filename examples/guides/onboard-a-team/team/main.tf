terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The pipeline sets the server and the identity: VENAFI_URL and VENAFI_EXTERNAL_JWT_FILE, or VENAFI_TOKEN.
provider "codesign" {}

module "terminal_firmware" {
  source = "../../../modules/onboarding"

  name        = "Terminal Firmware"
  description = "Firmware of the payment terminals"

  owners            = ["AD+NORTHWIND:Payments Team"]
  key_users         = ["local:Build Machines"]
  key_use_approvers = ["AD+NORTHWIND:Release Managers"]
  applications      = ["\\VED\\Code Signing\\Signing Applications\\signtool"]

  # The external auditor's role ends on this day. The pipeline that runs every hour revokes it.
  grants = {
    external-audit = {
      role    = "Audit"
      trustee = "AD+NORTHWIND:oskar.nilsson"
      expires = "2099-03-31T17:00:00Z"
    }
  }

  # Roles change only in this file. The nightly check fails if they were changed elsewhere.
  on_drift = "Fail"
}

output "project" {
  value = module.terminal_firmware.dn
}
