# Policies for plans in the format of `terraform show -json`. They are examples: change the numbers and names, and remove
# the policies that you do not need. A message in deny stops the pipeline before the approval (ci/policy). Tests: opa test .
package codesign

# Addresses of the resources that can use self_approve.
self_approvers := set()

# The comment of an approval must contain a change number.
change_number := `^CHG[0-9]{7}$`

# The longest window in which a key can be used.
longest_window_hours := 24

# Providers that the configuration can use. Other providers can run programs during a plan.
providers := {"codesign"}

# The number of policies. The pipeline fails if it finds no policies.
policies := count([
	"no self approval",
	"approvals name a change",
	"windows are limited",
	"no program is run",
	"no other provider",
	"no project is released silently",
	"signing and approving are separate",
	"applications are named",
	"deletion protection is on",
	"force_destroy is off",
])

changed(type) := [resource |
	some resource in input.resource_changes
	resource.mode == "managed"
	resource.type == type
	resource.change.actions != ["no-op"]
]

deny contains message if {
	some resource in changed("codesign_project_status")
	resource.change.after.self_approve == true
	not resource.address in self_approvers
	message := sprintf("%s: self_approve gives submission and approval to one identity", [resource.address])
}

deny contains message if {
	some resource in changed("codesign_project_approval")
	not names_change(resource.change.after, "comment")
	message := sprintf("%s: comment does not name a change", [resource.address])
}

deny contains message if {
	some resource in changed("workflow_ticket_decision")
	not names_change(resource.change.after, "explanation")
	message := sprintf("%s: explanation does not name a change", [resource.address])
}

# A destroyed decision needs no change number.
names_change(null, _)

names_change(after, attribute) if regex.match(change_number, after[attribute])

deny contains message if {
	some resource in changed("workflow_ticket_decision")
	resource.change.after.status != "Rejected"
	not limited(resource.change.after.schedule)
	message := sprintf("%s: the key may be used for more than %d hours", [resource.address, longest_window_hours])
}

limited(schedule) if {
	start := time.parse_rfc3339_ns(schedule.start)
	stop := time.parse_rfc3339_ns(schedule.stop)
	stop - start <= (longest_window_hours * 3600) * 1000000000
}

# The CLI does not print provisioners, and an apply runs them with its identity.
deny contains message if {
	some resource in blocks("provisioners")
	message := sprintf("%s: provisioners run programs with the identity of the apply", [resource.address])
}

blocks(name) := [block |
	walk(input.configuration, [_, block])
	is_object(block)
	block[name]
]

deny contains message if {
	some key, provider in input.configuration.provider_config
	not provider.name in providers
	message := sprintf("provider %s: is not among those that the pipelines may run", [key])
}

# A provider without a block is not in provider_config, but its resources name it.
deny contains message if {
	some resource in input.resource_changes
	provider := regex.replace(resource.provider_name, `^.*/`, "")
	not provider in providers
	message := sprintf("%s: provider %s is not among those that the pipelines may run", [resource.address, provider])
}

# A project that is removed from the configuration keeps its status, and no plan checks it again.
deny contains message if {
	some resource in changed("codesign_project_status")
	resource.change.actions == ["delete"]
	object.get(resource.change.before, "status_on_destroy", null) == null
	message := sprintf("%s: set status_on_destroy before the block is removed", [resource.address])
}
