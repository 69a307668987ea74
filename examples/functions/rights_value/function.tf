# 72
output "value" {
  value = provider::codesign::rights_value(["Owner", "ApproveUse"])
}
