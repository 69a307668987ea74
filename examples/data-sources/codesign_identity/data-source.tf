terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# A bare name: searched for in the directory that the caller belongs to.
data "codesign_identity" "build_agent" {
  name = "build-agent"
}

# A name with its directory works everywhere.
data "codesign_identity" "payments_team" {
  prefixed_name = "AD+NORTHWIND:Payments Team"
}

# And back: who is behind a prefixed universal?
data "codesign_identity" "again" {
  prefixed_universal = data.codesign_identity.payments_team.prefixed_universal
}

output "build_agent" {
  value = data.codesign_identity.build_agent.prefixed_universal
}

output "payments_team" {
  value = "${data.codesign_identity.again.name} is a ${data.codesign_identity.again.kind}"
}
