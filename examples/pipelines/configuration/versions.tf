terraform {
  required_version = ">= 1.5"

  # init writes .terraform.lock.hcl beside this file. Commit it: the pipelines install what it
  # names, and nothing else. `terraform providers lock -platform=linux_amd64 -platform=darwin_arm64` adds platforms.
  required_providers {
    codesign = {
      source  = "codesign-tf/codesign"
      version = "~> 0.1"
    }
  }
}
