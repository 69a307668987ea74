# What make demo applies for the team. Server and credentials come from the environment: VENAFI_URL, VENAFI_USER,
# VENAFI_PASS.
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

data "codesign_identity" "team" {
  for_each = toset(["Firmware Team", "Release Managers"])

  prefixed_name = "AD+NORTHWIND:${each.key}"
}

data "codesign_identity" "build_machines" {
  prefixed_name = "local:Build Machines"
}

# Does not exist: created with its description, owners and approvers.
resource "codesign_project" "telemetry" {
  dn                = "${local.projects}\\Telemetry"
  description       = "Downlink of the ground stations"
  owners            = [data.codesign_identity.team["Firmware Team"].prefixed_universal]
  key_use_approvers = [data.codesign_identity.team["Release Managers"].prefixed_universal]
  applications      = ["\\VED\\Code Signing\\Signing Applications\\openssl"]

  resolve_identities  = true # the plan shows names
  deletion_protection = false
  deletion_policy     = "Disable"
}

# Who signs is decided here, and nowhere else.
resource "codesign_project_role" "signers" {
  guid     = codesign_project.telemetry.guid
  role     = "Use"
  trustees = [data.codesign_identity.build_machines.prefixed_universal]

  resolve_identities = true
}

# Submitted; an approver with other credentials decides.
resource "codesign_project_status" "telemetry" {
  guid   = codesign_project.telemetry.guid
  status = "Pending"

  depends_on = [codesign_project_role.signers]
}

# Is Enabled already: nothing is sent, and from now on it is watched.
resource "codesign_project_status" "payments" {
  dn     = "${local.projects}\\Payments"
  status = "Enabled"
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
