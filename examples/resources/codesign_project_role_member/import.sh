# The id is the GUID of the project, the role (Owner, Audit, Use or ApproveUse) and the prefixed universal of the trustee.
terraform import codesign_project_role_member.release_managers '9edddc19-8404-55ae-8322-a1bd56f911ef/ApproveUse/AD+NORTHWIND:c972e3ed463d5815a20083d1b581af35'
