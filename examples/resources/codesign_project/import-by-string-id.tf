# The id is the DN, the GUID or the number of the project.
import {
  to = codesign_project.payments
  id = "\\VED\\Code Signing\\Projects\\Payments"
}

resource "codesign_project" "payments" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"
}
