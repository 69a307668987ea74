# The id is the GUID of the project and the role.
import {
  to = codesign_project_role.signers
  id = "9edddc19-8404-55ae-8322-a1bd56f911ef/Use"
}

resource "codesign_project_role" "signers" {
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  role     = "Use"
  trustees = ["local:{8fa059ec-05ae-5e1b-b2e8-3646e0217588}"]
}
