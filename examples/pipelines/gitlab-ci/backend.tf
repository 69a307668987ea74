# GitLab stores the state. The pipeline sets the address and the credentials in TF_HTTP_ variables.
terraform {
  backend "http" {}
}
