# No server is asked: what it would say stands here.
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
    error_message = "The DN is not made from the project's name."
  }
}

run "somebody_is_both" {
  command = plan

  override_data {
    target = data.codesign_rights_matrix.this
    values = {
      by_object = {
        "\\VED\\Code Signing\\Projects\\Payments" = {
          "local:jane" = ["Use", "ApproveUse"]
        }
      }
    }
  }

  expect_failures = [output.separation_of_duties]
}
