data "codesign_global_configuration" "this" {}

# An attribute is null if the server is older than the setting, so the comparison is explicit.
check "four_eyes" {
  assert {
    condition     = data.codesign_global_configuration.this.prevent_self_dealing == true
    error_message = "Key users may hold other roles on their project."
  }
}

output "project_update_flow" {
  value = data.codesign_global_configuration.this.project_update_flow
}
