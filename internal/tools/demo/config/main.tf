# What make demo applies. Server and credentials come from the environment: VENAFI_URL, VENAFI_USER, VENAFI_PASS.
terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

provider "codesign" {}

variable "window_start" {
  type = string
}

variable "window_stop" {
  type = string
}

locals {
  projects = "\\VED\\Code Signing\\Projects"
}

# Is Enabled already: nothing is sent, and from now on it is watched.
resource "codesign_project_status" "payments" {
  dn     = "${local.projects}\\Payments"
  status = "Enabled"
}

# Is a Draft: submitted, its ticket approved, and waited for.
resource "codesign_project_status" "ground_station" {
  dn                = "${local.projects}\\Ground Station"
  status            = "Enabled"
  self_approve      = true
  approval_comment  = "CHG0012345"
  status_on_destroy = "Disabled"
}

# Is Disabled: enabled again, one step.
resource "codesign_project_status" "desktop_client" {
  dn     = "${local.projects}\\Desktop Client"
  status = "Enabled"
}

# Is Enabled, and should not be.
resource "codesign_project_status" "container_images" {
  dn     = "${local.projects}\\Container Images"
  status = "Disabled"
}

# Waits for a decision: it gets one that holds in a change window only.
resource "workflow_ticket_decision" "shop_certificate" {
  provider = codesign

  guid        = "6ede0e12-f7c0-4068-9977-001076205c84"
  status      = "Approved Between"
  explanation = "CHG0012345"

  schedule = {
    start = var.window_start
    stop  = var.window_stop
  }
}

data "codesign_object_rights" "payments" {
  dn                 = "${local.projects}\\Payments"
  resolve_identities = true
}

output "rights" {
  value = [for r in data.codesign_object_rights.payments.rights : {
    who    = coalesce(r.name, r.trustee)
    kind   = r.kind
    rights = r.rights
  }]
}
