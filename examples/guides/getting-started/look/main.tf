terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

data "codesign_server" "this" {}

data "codesign_projects" "all" {}

output "who_am_i" {
  value = data.codesign_server.this.prefixed_name
}

output "projects" {
  value = { for dn, project in data.codesign_projects.all.by_dn : dn => project.status }
}
