variable "project" {
  description = "DN of the project to disable."
  type        = string
  default     = "\\VED\\Code Signing\\Projects\\Payments"
}

# Disables the project. It is safe to run the command again:
# terraform apply -auto-approve -invoke=action.codesign_set_project_status.stop
action "codesign_set_project_status" "stop" {
  config {
    dn     = var.project
    status = "Disabled"

    timeouts = {
      invoke = "2m"
    }
  }
}
