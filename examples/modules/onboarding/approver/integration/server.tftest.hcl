# VENAFI_URL and VENAFI_TOKEN belong to the embedded server. These tests decide a submission in it.
variables {
  dn     = "\\VED\\Code Signing\\Projects\\Loyalty App"
  change = "CHG0012345"
}

run "shows_the_submission" {
  command = plan

  assert {
    condition     = output.ticket_id > 0
    error_message = "The plan does not show the submission."
  }
  assert {
    condition     = length(output.roles["Owner"]) > 0
    error_message = "The plan does not show the owners."
  }
}

run "approves" {
  assert {
    condition     = codesign_project_approval.this.decision == "Approved"
    error_message = "The project is not approved."
  }
}

run "changes_nothing_the_second_time" {
  command = plan

  assert {
    condition     = codesign_project_approval.this.comment == "CHG0012345"
    error_message = "The approval is another one."
  }
}
