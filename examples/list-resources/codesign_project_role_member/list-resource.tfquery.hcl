# terraform query                                    lists the members of all roles
# terraform query -generate-config-out=adopted.tf    writes resource and import blocks for them
list "codesign_project_role_member" "owned" {
  provider = codesign
  limit    = 5000

  config {
    rights = ["Owner"]
  }
}
