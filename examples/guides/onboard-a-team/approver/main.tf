terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The approver's pipeline, with another identity than the team's pipeline.
provider "codesign" {}

module "loyalty_app" {
  source = "../../../modules/onboarding/approver"

  dn     = "\\VED\\Code Signing\\Projects\\Loyalty App"
  change = "CHG0012345"
}

output "roles" {
  description = "Who has which role on the project that is approved."
  value       = module.loyalty_app.roles
}
