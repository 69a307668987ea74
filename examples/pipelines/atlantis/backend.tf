# The state is a Secret in a namespace of its own. Atlantis may write it, the drift job may read it (drift.yaml).
terraform {
  backend "kubernetes" {
    secret_suffix     = "signing-projects"
    namespace         = "signing-state"
    in_cluster_config = true
  }
}
