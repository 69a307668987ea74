terraform {
  required_version = ">= 1.10"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL, VENAFI_USER and VENAFI_PASS.
provider "codesign" {}

# A token that can read and nothing else, by the grant of the provider above. It is revoked when the run ends.
ephemeral "codesign_access_token" "reader" {
  scope = "codesign"
}

# What is written with this provider can't change anything, whatever the credentials above may do.
provider "codesign" {
  alias        = "reader"
  access_token = ephemeral.codesign_access_token.reader.access_token
}

data "codesign_projects" "enabled" {
  provider = codesign.reader
  statuses = ["Enabled"]
}

output "enabled" {
  value = data.codesign_projects.enabled.projects[*].dn
}
