# The state is GitLab's own; addresses and login come from TF_HTTP_ variables of the pipeline.
terraform {
  backend "http" {}
}
