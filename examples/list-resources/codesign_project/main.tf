terraform {
  required_version = ">= 1.14"

  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The provider reads the server and the credentials from the environment: VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}
