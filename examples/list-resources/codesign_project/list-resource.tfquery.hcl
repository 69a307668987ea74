# terraform query                                    lists the projects
# terraform query -generate-config-out=adopted.tf    writes resource and import blocks for them
list "codesign_project" "owned" {
  provider = codesign
  limit    = 2000

  config {
    rights = ["Owner"]
  }
}
