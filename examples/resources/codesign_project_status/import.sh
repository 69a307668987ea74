# The id is the DN, the GUID or the number of the project.
terraform import codesign_project_status.payments '\VED\Code Signing\Projects\Payments'
