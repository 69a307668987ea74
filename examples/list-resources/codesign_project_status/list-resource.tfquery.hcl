# terraform query                                    lists the projects
# terraform query -generate-config-out=adopted.tf    writes resource and import blocks for them
list "codesign_project_status" "owned" {
  provider = codesign
  limit    = 500

  config {
    filter   = "Pay"
    rights   = ["Owner"]
    statuses = ["Enabled", "Disabled"]
  }
}
