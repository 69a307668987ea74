# VENAFI_URL and VENAFI_TOKEN belong to the embedded server. These tests change its projects.
run "submits_a_draft" {
  variables {
    projects = { "Helm Charts" = "Pending" }
  }

  assert {
    condition     = codesign_project_status.this["Helm Charts"].current_status == "Pending"
    error_message = "Helm Charts is not submitted."
  }
}

run "accepts_an_enabled_project" {
  variables {
    projects = { "Payments" = "Pending" }
  }

  assert {
    condition     = codesign_project_status.this["Payments"].current_status == "Enabled"
    error_message = "Payments is submitted again although it is enabled."
  }
}
