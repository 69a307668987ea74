terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The token comes from VENAFI_TOKEN, so that no secret lies in a file.
provider "codesign" {
  url = "https://codesign.example.com"
}
