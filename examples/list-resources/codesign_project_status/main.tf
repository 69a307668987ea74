terraform {
  required_version = ">= 1.14"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# Server and credentials come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}
