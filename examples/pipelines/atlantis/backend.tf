# The state is a Secret in its own namespace. Atlantis can write it, and the drift job can read it (drift.yaml).
terraform {
  backend "kubernetes" {
    secret_suffix     = "signing-projects"
    namespace         = "signing-state"
    in_cluster_config = true
  }
}
