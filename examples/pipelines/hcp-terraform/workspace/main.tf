# The workspace. Administrators of the organization apply this configuration.
terraform {
  required_version = ">= 1.5"

  required_providers {
    tfe = {
      source  = "hashicorp/tfe"
      version = "~> 0.64"
    }
  }
}

variable "organization" {
  type = string
}

variable "server" {
  description = "URL of the signing server, and the audience of the tokens for it."
  type        = string
}

variable "oauth_token_id" {
  description = "The organization's connection to the code host."
  type        = string
}

# The signing server is in a private network, so runs use agents in this network. Their hooks are in ../hooks.
resource "tfe_agent_pool" "signing" {
  organization        = var.organization
  name                = "signing"
  organization_scoped = false
}

resource "tfe_agent_pool_allowed_workspaces" "signing" {
  agent_pool_id         = tfe_agent_pool.signing.id
  allowed_workspace_ids = [tfe_workspace.projects.id]
}

resource "tfe_workspace" "projects" {
  organization          = var.organization
  name                  = "signing-projects"
  terraform_version     = "1.11.4"
  auto_apply            = false # a user with the permission "apply" confirms the plan
  speculative_enabled   = true  # a plan on each pull request
  assessments_enabled   = true  # drift, once a day
  queue_all_runs        = false
  file_triggers_enabled = false

  vcs_repo {
    identifier     = "example/signing-projects"
    branch         = "main"
    oauth_token_id = var.oauth_token_id
  }
}

resource "tfe_workspace_settings" "projects" {
  workspace_id   = tfe_workspace.projects.id
  execution_mode = "agent"
  agent_pool_id  = tfe_agent_pool_allowed_workspaces.signing.agent_pool_id
}

# These variables contain no secrets. Each run has its own token. The hooks set the client and the scope of the phase.
resource "tfe_variable" "environment" {
  for_each = {
    TFC_WORKLOAD_IDENTITY_AUDIENCE = var.server
    VENAFI_URL                     = var.server
    VENAFI_EXTERNAL_JWT_FILE       = "/home/tfc-agent/codesign.jwt"
  }

  workspace_id = tfe_workspace.projects.id
  key          = each.key
  value        = each.value
  category     = "env"
}
