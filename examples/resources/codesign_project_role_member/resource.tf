data "codesign_identity" "contractor" {
  prefixed_name = "local:approver-bot"
}

# Other trustees of the role do not change. The first apply after the date revokes the role, so apply this
# configuration on a schedule, for example every night.
resource "codesign_project_role_member" "contractor" {
  dn      = "\\VED\\Code Signing\\Projects\\Payments"
  role    = "ApproveUse"
  trustee = data.codesign_identity.contractor.prefixed_universal
  expires = "2099-03-31T17:00:00Z"
}
