terraform {
  required_providers {
    codesign = {
      source  = "codesign-tf/codesign"
      version = "~> 0.1"
    }
  }
}

# The provider reads the token from VENAFI_TOKEN, so that no file contains a secret.
provider "codesign" {
  url = "https://codesign.example.com"
}
