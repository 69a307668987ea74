# A name without a prefix is looked up in the caller's directory.
data "codesign_identity" "build_agent" {
  name = "build-agent"
}

# A name with a prefix is looked up in that directory.
data "codesign_identity" "payments_team" {
  prefixed_name = "AD+NORTHWIND:Payments Team"
}

# A prefixed universal is looked up by its identifier.
data "codesign_identity" "by_identifier" {
  prefixed_universal = data.codesign_identity.payments_team.prefixed_universal
}

output "build_agent" {
  value = data.codesign_identity.build_agent.prefixed_universal
}

output "payments_team" {
  value = "${data.codesign_identity.by_identifier.name} is a ${data.codesign_identity.by_identifier.kind}"
}
