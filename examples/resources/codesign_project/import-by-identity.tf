import {
  to = codesign_project.payments
  identity = {
    guid = "9edddc19-8404-55ae-8322-a1bd56f911ef"
  }
}

resource "codesign_project" "payments" {
  dn = "\\VED\\Code Signing\\Projects\\Payments"
}
