data "codesign_server" "this" {}

output "server" {
  value = data.codesign_server.this.version
}

output "caller" {
  value = data.codesign_server.this.prefixed_name
}

output "groups_of_the_caller" {
  value = data.codesign_server.this.groups[*].name
}
