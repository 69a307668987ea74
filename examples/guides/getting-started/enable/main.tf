terraform {
  required_providers {
    codesign = {
      source = "codesign-tf/codesign"
    }
  }
}

# The server and the token come from VENAFI_URL and VENAFI_TOKEN.
provider "codesign" {}

# In HCL each backslash of a name is written twice.
resource "codesign_project_status" "ground_station" {
  dn     = "\\VED\\Code Signing\\Projects\\Ground Station"
  status = "Enabled"

  # Approve the submission as the caller. Without this line the apply waits for somebody else to do so.
  self_approve     = true
  approval_comment = "CHG0012345"
}

output "ground_station" {
  value = codesign_project_status.ground_station.current_status
}
