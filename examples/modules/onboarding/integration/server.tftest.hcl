# VENAFI_URL and VENAFI_TOKEN belong to the embedded server. These tests create a project in it and remove it, which needs the
# scope codesign:delete.
variables {
  name              = "Terminal Firmware"
  description       = "Payment terminals"
  owners            = ["AD+NORTHWIND:Payments Team"]
  key_users         = ["local:Build Machines"]
  key_use_approvers = ["AD+NORTHWIND:Release Managers"]
  applications      = ["\\VED\\Code Signing\\Signing Applications\\signtool"]
}

run "creates_and_submits" {
  assert {
    condition     = output.status == "Pending"
    error_message = "The project is not submitted."
  }
  assert {
    condition     = length(codesign_project_role.this["Use"].trustees) == 1
    error_message = "The key users are not those of the module."
  }
}

run "changes_nothing_the_second_time" {
  command = plan

  assert {
    condition     = output.status == "Pending"
    error_message = "The project is submitted again."
  }
}

run "grants_a_role" {
  variables {
    grants = {
      external-audit = {
        role    = "Audit"
        trustee = "AD+NORTHWIND:oskar.nilsson"
        expires = "2099-03-31T17:00:00Z"
      }
    }
  }

  assert {
    condition     = output.grants["external-audit"]
    error_message = "The grant is not active."
  }
}

# Without this run, the tests could not remove the project. The approval follows, because the tests remove it first.
run "switches_the_protection_off" {
  variables {
    decommission = true
  }

  assert {
    condition     = !codesign_project.this.deletion_protection
    error_message = "Deletion protection is on."
  }
}

# The approver's half. Here one identity does both. In production, use another identity.
run "approves" {
  module {
    source = "./approver"
  }

  variables {
    dn     = run.creates_and_submits.dn
    change = "CHG0012345"
  }

  assert {
    condition     = length(output.roles["Use"]) == 1
    error_message = "The approver does not see the key users."
  }
}

run "stays_enabled" {
  command = plan

  variables {
    decommission = true
  }

  assert {
    condition     = output.status == "Enabled"
    error_message = "The project is not enabled, or a later plan submits it again."
  }
}
