terraform {
  required_providers {
    codesign = {
      source  = "registry.example.com/codesign-tf/codesign"
      version = "~> 0.1"
    }
  }
}
