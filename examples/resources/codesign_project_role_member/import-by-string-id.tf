# The id is the GUID of the project, the role and the prefixed universal of the trustee.
import {
  to = codesign_project_role_member.release_managers
  id = "9edddc19-8404-55ae-8322-a1bd56f911ef/ApproveUse/AD+NORTHWIND:c972e3ed463d5815a20083d1b581af35"
}

resource "codesign_project_role_member" "release_managers" {
  dn      = "\\VED\\Code Signing\\Projects\\Payments"
  role    = "ApproveUse"
  trustee = "AD+NORTHWIND:c972e3ed463d5815a20083d1b581af35"
}
