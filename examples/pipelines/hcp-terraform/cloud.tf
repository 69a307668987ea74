# Beside configuration/*.tf. The workspace plans on a pull request, shows the plan there, and applies that plan when
# a person with the permission to apply confirms it; its health assessments look for drift.
terraform {
  cloud {
    organization = "example"

    workspaces {
      name = "signing-projects"
    }
  }
}
