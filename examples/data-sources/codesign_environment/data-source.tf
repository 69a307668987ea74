data "codesign_environment" "production" {
  dn = "\\VED\\Code Signing\\Projects\\Payments\\Production"
}

# Signing clients address the environment by this label.
output "label" {
  value = data.codesign_environment.production.label
}

output "key_algorithm" {
  value = data.codesign_environment.production.key_algorithm
}
