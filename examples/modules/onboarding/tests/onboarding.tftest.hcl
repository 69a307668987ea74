# The mock replaces the server, so these tests need no credentials.
mock_provider "codesign" {
  mock_data "codesign_identity" {
    defaults = {
      prefixed_universal = "AD+CORP:00112233445566778899aabbccddeeff"
    }
  }

  mock_resource "codesign_project" {
    defaults = {
      guid = "{6ede0e12-f7c0-4068-9977-001076205c84}"
    }
  }
}

variables {
  name              = "Terminal Firmware"
  owners            = ["AD+CORP:Payments Team"]
  key_users         = ["local:Build Machines"]
  key_use_approvers = ["AD+CORP:Release Managers"]
  applications      = ["\\VED\\Code Signing\\Signing Applications\\signtool"]
}

run "project_with_roles" {
  command = plan

  assert {
    condition     = codesign_project.this.dn == "\\VED\\Code Signing\\Projects\\Terminal Firmware"
    error_message = "The DN is not the folder and the name."
  }
  assert {
    condition     = codesign_project.this.deletion_protection
    error_message = "Deletion protection is off."
  }
  assert {
    condition     = toset(keys(codesign_project_role.this)) == toset(["Use", "ApproveUse"])
    error_message = "Only the roles with a list are owned."
  }
  assert {
    condition     = codesign_project_status.this.status == "Pending"
    error_message = "The project is not submitted."
  }
}

run "grant_of_a_role_without_a_list" {
  command = plan

  variables {
    grants = {
      external-audit = {
        role    = "Audit"
        trustee = "AD+CORP:oskar.nilsson"
        expires = "2099-03-31T17:00:00Z"
      }
    }
  }

  assert {
    condition     = codesign_project_role_member.grant["external-audit"].expires == "2099-03-31T17:00:00Z"
    error_message = "The grant has another end."
  }
}

run "grant_of_a_role_with_a_list" {
  command = plan

  variables {
    grants = {
      contractor = {
        role    = "ApproveUse"
        trustee = "AD+CORP:oskar.nilsson"
        expires = "2099-03-31T17:00:00Z"
      }
    }
  }

  expect_failures = [codesign_project_role_member.grant["contractor"]]
}

run "one_trustee_signs_and_approves" {
  command = plan

  variables {
    key_use_approvers = ["AD+CORP:Release Managers", "LOCAL:build machines"]
  }

  expect_failures = [codesign_project.this]
}

run "a_grant_signs_and_approves" {
  command = plan

  variables {
    key_use_approvers = null
    grants = {
      contractor = {
        role    = "ApproveUse"
        trustee = "local:Build Machines"
        expires = "2099-03-31T17:00:00Z"
      }
    }
  }

  expect_failures = [codesign_project.this]
}

run "no_applications" {
  command = plan

  variables {
    applications = []
  }

  expect_failures = [var.applications]
}

run "no_owners" {
  command = plan

  variables {
    owners = []
  }

  expect_failures = [var.owners]
}

run "a_path_instead_of_a_name" {
  command = plan

  variables {
    name = "Payments\\Terminal Firmware"
  }

  expect_failures = [var.name]
}

run "decommissioned" {
  command = plan

  variables {
    decommission = true
    enabled      = false
  }

  assert {
    condition     = !codesign_project.this.deletion_protection && codesign_project_status.this.status == "Disabled"
    error_message = "The project cannot be removed."
  }
}
