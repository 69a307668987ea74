variable "dn" {
  description = "DN of the submitted project."
  type        = string
}

variable "decision" {
  description = "Approved or Rejected."
  type        = string
  default     = "Approved"
}

variable "change" {
  description = "Number of the change that approves the project."
  type        = string

  validation {
    condition     = can(regex("^CHG[0-9]{7}$", var.change))
    error_message = "The change has a number such as CHG0012345."
  }
}

variable "timeout" {
  description = "How long the apply waits for the submission."
  type        = string
  default     = "30m"
}
