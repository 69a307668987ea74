# The mock replaces the server, so these tests need no credentials.
mock_provider "codesign" {
  mock_resource "codesign_project" {
    defaults = {
      guid = "{6ede0e12-f7c0-4068-9977-001076205c84}"
    }
  }

  mock_data "codesign_global_configuration" {
    defaults = {
      prevent_self_dealing = true
    }
  }
}

run "a_project_that_follows_the_policies" {
  command = plan

  variables {
    projects = {
      Payments = {
        owners            = ["AD+CORP:00001111222233334444555566667777"]
        key_users         = ["AD+CORP:AAAABBBBCCCCDDDDEEEEFFFF00001111"]
        key_use_approvers = ["AD+CORP:22223333444455556666777788889999"]
        applications      = ["\\VED\\Code Signing\\Signing Applications\\signtool"]
      }
    }
  }

  assert {
    condition     = codesign_project_status.this["Payments"].status == "Pending"
    error_message = "The project is not submitted."
  }
}

run "one_trustee_signs_and_approves" {
  command = plan

  variables {
    projects = {
      Payments = {
        owners            = ["AD+CORP:00001111222233334444555566667777"]
        key_users         = ["AD+CORP:AAAABBBBCCCCDDDDEEEEFFFF00001111"]
        key_use_approvers = ["ad+corp:aaaabbbbccccddddeeeeffff00001111", "AD+CORP:22223333444455556666777788889999"]
        applications      = ["\\VED\\Code Signing\\Signing Applications\\signtool"]
      }
    }
  }

  expect_failures = [codesign_project.this["Payments"]]
}

run "every_application_may_sign" {
  command = plan

  variables {
    projects = {
      Payments = {
        owners            = ["AD+CORP:00001111222233334444555566667777"]
        key_users         = ["AD+CORP:AAAABBBBCCCCDDDDEEEEFFFF00001111"]
        key_use_approvers = ["AD+CORP:22223333444455556666777788889999"]
        applications      = []
      }
    }
  }

  expect_failures = [codesign_project.this["Payments"]]
}

run "deletion_protection_off" {
  command = plan

  variables {
    projects = {
      Payments = {
        owners              = ["AD+CORP:00001111222233334444555566667777"]
        key_users           = ["AD+CORP:AAAABBBBCCCCDDDDEEEEFFFF00001111"]
        key_use_approvers   = ["AD+CORP:22223333444455556666777788889999"]
        applications        = ["\\VED\\Code Signing\\Signing Applications\\signtool"]
        deletion_protection = false
      }
    }
  }

  expect_failures = [codesign_project.this["Payments"]]
}

run "force_destroy" {
  command = plan

  variables {
    projects = {
      Payments = {
        owners            = ["AD+CORP:00001111222233334444555566667777"]
        key_users         = ["AD+CORP:AAAABBBBCCCCDDDDEEEEFFFF00001111"]
        key_use_approvers = ["AD+CORP:22223333444455556666777788889999"]
        applications      = ["\\VED\\Code Signing\\Signing Applications\\signtool"]
        force_destroy     = true
      }
    }
  }

  expect_failures = [codesign_project.this["Payments"]]
}

run "self_approve" {
  command = plan

  variables {
    projects = {
      Payments = {
        owners            = ["AD+CORP:00001111222233334444555566667777"]
        key_users         = ["AD+CORP:AAAABBBBCCCCDDDDEEEEFFFF00001111"]
        key_use_approvers = ["AD+CORP:22223333444455556666777788889999"]
        applications      = ["\\VED\\Code Signing\\Signing Applications\\signtool"]
        self_approve      = true
      }
    }
  }

  expect_failures = [codesign_project_status.this["Payments"]]
}
