# The id is the DN, the GUID or the number of the project. Put a DN in single quotes.
terraform import codesign_project.payments '\VED\Code Signing\Projects\Payments'
