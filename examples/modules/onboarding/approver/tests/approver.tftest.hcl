# The mock replaces the server, so these tests need no credentials. A mocked project has no applications.
mock_provider "codesign" {
  mock_data "codesign_project" {
    defaults = {
      owners            = ["AD+CORP:00"]
      key_users         = ["AD+CORP:11"]
      key_use_approvers = ["AD+CORP:22"]
    }
  }
}

variables {
  dn     = "\\VED\\Code Signing\\Projects\\Terminal Firmware"
  change = "CHG0012345"
}

run "every_application_may_sign" {
  command = plan

  expect_failures = [codesign_project_approval.this]
}

run "rejects_what_must_not_be_approved" {
  command = plan

  variables {
    decision = "Rejected"
  }

  assert {
    condition     = codesign_project_approval.this.decision == "Rejected" && codesign_project_approval.this.comment == "CHG0012345"
    error_message = "The decision is another one."
  }
}

run "no_change_number" {
  command = plan

  variables {
    change = "as discussed"
  }

  expect_failures = [var.change]
}
