# A token that can only read. The provider obtains it with its own credentials and revokes it when the run ends.
ephemeral "codesign_access_token" "reader" {
  scope = "codesign"
}

# Blocks with this provider can only read, even if the credentials above allow more.
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
