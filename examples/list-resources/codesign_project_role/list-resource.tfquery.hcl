# terraform query                                    lists the roles
# terraform query -generate-config-out=adopted.tf    writes resource and import blocks for them
list "codesign_project_role" "owned" {
  provider = codesign
  limit    = 2000

  config {
    rights = ["Owner"]
  }
}
