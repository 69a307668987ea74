# VENAFI_URL and VENAFI_TOKEN name the embedded server with its sample company. This changes it.
run "submits_a_draft" {
  variables {
    projects = { "Helm Charts" = "Pending" }
  }

  assert {
    condition     = codesign_project_status.this["Helm Charts"].current_status == "Pending"
    error_message = "Helm Charts has not been submitted."
  }
}

run "is_content_with_an_enabled_project" {
  variables {
    projects = { "Payments" = "Pending" }
  }

  assert {
    condition     = codesign_project_status.this["Payments"].current_status == "Enabled"
    error_message = "Payments has been approved before, and need not be submitted again."
  }
}
