# ["Owner", "ApproveUse"]
output "names" {
  value = provider::codesign::rights_names(72)
}
