# The id is the GUID of the project and the role: Owner, Audit, Use or ApproveUse.
terraform import codesign_project_role.signers '9edddc19-8404-55ae-8322-a1bd56f911ef/Use'
