# The mock replaces the server. Its answers are below.
mock_provider "codesign" {
  mock_data "codesign_rights_matrix" {
    defaults = {
      by_object = {
        "\\VED\\Code Signing\\Projects\\Payments" = {
          "local:jane" = ["Use"]
          "local:bob"  = ["Owner", "ApproveUse"]
        }
      }
    }
  }
}

run "rights_in_order" {
  command = plan

  assert {
    condition     = codesign_project_status.this["Payments"].dn == "\\VED\\Code Signing\\Projects\\Payments"
    error_message = "The DN does not end with the name of the project."
  }
}

run "project_without_an_approver" {
  command = plan

  override_data {
    target = data.codesign_rights_matrix.this
    values = {
      by_object = {
        "\\VED\\Code Signing\\Projects\\Payments" = {
          "local:jane" = ["Use"]
        }
      }
    }
  }

  expect_failures = [output.key_use_approvers]
}
