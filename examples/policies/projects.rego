# Policies for codesign_project, codesign_project_role and codesign_project_role_member.
package codesign

# Addresses of projects whose deletion protection can be off, while they are removed.
unprotected := set()

# All changes of a plan that leave a resource of a type, also those that change nothing.
left(type) := [resource |
	some resource in input.resource_changes
	resource.mode == "managed"
	resource.type == type
	resource.change.after != null
]

# The value after the apply. A list that is not configured is unknown in a plan, and keeps the value that it has.
value(resource, attribute) := resource.change.after[attribute] if {
	resource.change.after[attribute] != null
} else := resource.change.before[attribute] if {
	resource.change.before[attribute] != null
}

# Who has a role on which project, by a name of the project and the trustee, with the resource that says so.
assigned contains {"project": project, "role": role, "trustee": spelled(trustee), "by": resource} if {
	some resource in left("codesign_project")
	some role, attribute in {"Use": "key_users", "ApproveUse": "key_use_approvers"}
	some trustee in value(resource, attribute)
	some project in names(resource)
}

assigned contains {"project": project, "role": value(resource, "role"), "trustee": spelled(trustee), "by": resource} if {
	some resource in left("codesign_project_role")
	some trustee in value(resource, "trustees")
	some project in names(resource)
}

# An expired grant has active = false.
assigned contains {"project": project, "role": value(resource, "role"), "trustee": trustee, "by": resource} if {
	some resource in left("codesign_project_role_member")
	not resource.change.after.active == false
	trustee := spelled(value(resource, "trustee"))
	some project in names(resource)
}

# Case and braces of an identifier do not matter.
spelled(identifier) := lower(regex.replace(sprintf("%v", [identifier]), `[{}]`, ""))

names(resource) := known_names(resource) | new_names(resource)

known_names(resource) := {name |
	some attribute in ["dn", "guid", "project_id"]
	name := sprintf("%s %s", [attribute, spelled(value(resource, attribute))])
}

# A project that the plan creates has no GUID yet. A role in the same module that refers to it has no known name.
new_names(resource) := {sprintf("new in %s", [object.get(resource, "module_address", "root")])} if {
	resource.type == "codesign_project"
	resource.change.before == null
} else := {sprintf("new in %s", [object.get(resource, "module_address", "root")])} if {
	known_names(resource) == set()
} else := set()

unchanged(resource) if resource.change.actions == ["no-op"]

deny contains message if {
	some signs in assigned
	signs.role == "Use"
	some approves in assigned
	approves.role == "ApproveUse"
	approves.project == signs.project
	approves.trustee == signs.trustee
	not every_unchanged(signs.by, approves.by)
	message := sprintf("%s: %s signs and approves (%s)", [signs.by.address, signs.trustee, approves.by.address])
}

every_unchanged(a, b) if {
	unchanged(a)
	unchanged(b)
}

kept(type) := [resource |
	some resource in left(type)
	not unchanged(resource)
]

deny contains message if {
	some resource in kept("codesign_project")
	not permits_some(resource)
	message := sprintf("%s: every application may sign: name the permitted applications", [resource.address])
}

permits_some(resource) if count(value(resource, "applications")) > 0

# Unknown until the apply, because another resource of the plan names an application.
permits_some(resource) if {
	resource.change.after_unknown.applications == true
	configured(resource, "applications")
}

permits_some(resource) if true in resource.change.after_unknown.applications

# Whether the configuration of the resource has an attribute.
configured(resource, attribute) if {
	walk(input.configuration.root_module, [_, block])
	is_object(block)
	block.type == resource.type
	block.name == resource.name
	block.expressions[attribute]
}

deny contains message if {
	some resource in kept("codesign_project")
	resource.change.after.deletion_protection == false
	not resource.address in unprotected
	message := sprintf("%s: deletion_protection is off", [resource.address])
}

deny contains message if {
	some resource in kept("codesign_project")
	resource.change.after.force_destroy == true
	message := sprintf("%s: force_destroy deletes keys", [resource.address])
}
