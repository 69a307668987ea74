# Where the state lies: any backend that locks. This one logs in by the same kind of token.
terraform {
  backend "azurerm" {
    use_oidc             = true
    use_azuread_auth     = true
    storage_account_name = "examplestate"
    container_name       = "signing-projects"
    key                  = "terraform.tfstate"
  }
}
