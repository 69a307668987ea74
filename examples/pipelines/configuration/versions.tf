terraform {
  required_version = ">= 1.5"

  # terraform init writes .terraform.lock.hcl. Commit it: the pipelines install only the providers that it
  # lists. `terraform providers lock -platform=linux_amd64 -platform=darwin_arm64` adds platforms.
  required_providers {
    codesign = {
      source  = "codesign-tf/codesign"
      version = "~> 0.1"
    }
  }
}
