# The state. Every backend with locking works. This one authenticates with the same kind of token.
terraform {
  backend "azurerm" {
    use_oidc             = true
    use_azuread_auth     = true
    storage_account_name = "examplestate"
    container_name       = "signing-projects"
    key                  = "terraform.tfstate"
  }
}
