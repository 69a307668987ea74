terraform {
  required_version = ">= 1.5"

  required_providers {
    codesign = {
      source  = "codesign-tf/codesign"
      version = ">= 0.1"
    }
  }
}
