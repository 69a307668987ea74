variable "name" {
  description = "Name of the project. Signing clients use it, so a new name is a change for them."
  type        = string

  validation {
    condition     = var.name != "" && !strcontains(var.name, "\\")
    error_message = "The name of the project must not be empty and must not contain a backslash."
  }
}

variable "folder" {
  description = "DN of the folder of the project."
  type        = string
  default     = "\\VED\\Code Signing\\Projects"
}

variable "description" {
  description = "Description of the project."
  type        = string
  default     = ""
}

variable "owners" {
  description = "Owners, such as AD+CORP:Payments Team. Includes the identity of this pipeline, if it is not an administrator."
  type        = set(string)

  validation {
    condition     = length(var.owners) > 0
    error_message = "The project needs at least one owner."
  }
}

variable "auditors" {
  description = "Auditors. Null: the module does not manage the role, except for grants."
  type        = set(string)
  default     = null
}

variable "key_users" {
  description = "Key Users, which sign. Null: the module does not manage the role, except for grants."
  type        = set(string)
  default     = null
}

variable "key_use_approvers" {
  description = "Key Use Approvers. Null: the module does not manage the role, except for grants."
  type        = set(string)
  default     = null
}

variable "grants" {
  description = "Roles for a limited time. A scheduled pipeline must apply, because the server has no end dates."
  type = map(object({
    role    = string
    trustee = string
    expires = string
  }))
  default = {}
}

variable "applications" {
  description = "DNs of the signing applications and collections that may sign."
  type        = set(string)

  validation {
    condition     = length(var.applications) > 0
    error_message = "Without permitted applications every application may sign."
  }
}

variable "custom_fields" {
  description = "Custom fields of the project."
  type        = map(list(string))
  default     = {}
}

variable "on_drift" {
  description = "Repair: a plan corrects a role that was changed elsewhere. Fail: the plan fails and lists the trustees."
  type        = string
  default     = "Repair"
}

variable "enabled" {
  description = "False disables the project."
  type        = bool
  default     = true
}

variable "decommission" {
  description = "Disables deletion protection. Apply this before you remove the module."
  type        = bool
  default     = false
}
