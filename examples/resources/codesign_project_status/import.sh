# By DN, GUID or numeric id.
terraform import codesign_project_status.payments '\VED\Code Signing\Projects\Payments'
