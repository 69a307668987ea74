# Copy this file to configuration/. The workspace plans on a pull request and applies the plan after a user with the
# permission to apply confirms it. Health assessments check for drift.
terraform {
  cloud {
    organization = "example"

    workspaces {
      name = "signing-projects"
    }
  }
}
