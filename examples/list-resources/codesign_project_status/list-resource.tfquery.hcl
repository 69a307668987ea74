# terraform query                                    lists them
# terraform query -generate-config-out=adopted.tf    writes resources and import blocks for them
list "codesign_project_status" "owned" {
  provider = codesign
  limit    = 500

  config {
    filter   = "Pay"
    rights   = ["Owner"]
    statuses = ["Enabled", "Disabled"]
  }
}
