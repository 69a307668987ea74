package codesign_projects_test

import data.codesign

# A resource of a plan. Attributes that are unknown are in after_unknown, and not in after.
resource(address, type, before, after, unknown) := {
	"address": address,
	"mode": "managed",
	"type": type,
	"name": "this",
	"provider_name": "registry.terraform.io/codesign-tf/codesign",
	"change": {"actions": actions(before, after), "before": before, "after": after, "after_unknown": unknown},
}

actions(before, after) := ["create"] if before == null else := ["delete"] if after == null else := ["no-op"] if {
	before == after
} else := ["update"]

signtool := `\VED\Code Signing\Signing Applications\signtool`

payments := {
	"dn": `\VED\Code Signing\Projects\Payments`,
	"guid": "{5d8b1c1e-5f6a-4c3e-9a51-0d6b3c1f7a10}",
	"project_id": 7,
	"key_users": ["AD+CORP:0011"],
	"key_use_approvers": ["AD+CORP:0022"],
	"applications": [signtool],
	"deletion_protection": true,
	"force_destroy": false,
}

changed(values) := resource("codesign_project.this", "codesign_project", payments, object.union(payments, values), {})

count_denials(resources, n) if count(codesign.deny) == n with input as {"resource_changes": resources}

test_project if count_denials([changed({"description": "Terminals"})], 0)

test_one_person_signs_and_approves if {
	every who in ["AD+CORP:0011", "ad+corp:{0011}"] {
		count_denials([changed({"key_use_approvers": ["AD+CORP:0022", who]})], 1)
	}
}

# The list of approvers is not configured, so the plan does not know it. It keeps its value.
test_signs_and_keeps_approving if {
	after := object.remove(object.union(payments, {"key_users": ["AD+CORP:0022"]}), ["key_use_approvers"])
	update := resource("codesign_project.this", "codesign_project", payments, after, {"key_use_approvers": true})
	count_denials([update], 1)
}

test_found_that_way_and_not_changed if {
	same := object.union(payments, {"key_use_approvers": ["AD+CORP:0011"]})
	count_denials([resource("codesign_project.this", "codesign_project", same, same, {})], 0)
}

role(project, name, trustees) := resource(
	sprintf("codesign_project_role.%s", [lower(name)]), "codesign_project_role",
	null, object.union(project, {"role": name, "trustees": trustees}), {},
)

member(project, name, trustee, active) := resource(
	"codesign_project_role_member.this", "codesign_project_role_member",
	null, object.union(project, {"role": name, "trustee": trustee, "active": active}), {},
)

same := resource("codesign_project.this", "codesign_project", payments, payments, {})

# By each name of the project, in each spelling.
test_role_beside_the_project if {
	every project in [
		{"dn": `\ved\code signing\projects\PAYMENTS`},
		{"guid": "5D8B1C1E-5F6A-4C3E-9A51-0D6B3C1F7A10"},
		{"project_id": 7},
	] {
		count_denials([same, role(project, "ApproveUse", ["AD+CORP:0011"])], 1)
		count_denials([same, role(project, "ApproveUse", ["AD+CORP:0033"])], 0)
		count_denials([same, role(project, "Audit", ["AD+CORP:0011"])], 0)
		count_denials([same, member(project, "ApproveUse", "AD+CORP:0011", true)], 1)
		count_denials([same, member(project, "ApproveUse", "AD+CORP:0011", false)], 0)
	}
}

test_two_roles_of_a_project if {
	one := {"guid": "5d8b1c1e-5f6a-4c3e-9a51-0d6b3c1f7a10"}
	other := {"guid": "5d8b1c1e-5f6a-4c3e-9a51-0d6b3c1f7a11"}
	count_denials([role(one, "Use", ["AD+CORP:0011"]), role(one, "ApproveUse", ["AD+CORP:0011"])], 1)
	count_denials([role(one, "Use", ["AD+CORP:0011"]), role(other, "ApproveUse", ["AD+CORP:0011"])], 0)
}

# The plan creates the project, so its roles do not know its GUID.
test_roles_of_a_new_project if {
	new := resource(
		"codesign_project.this", "codesign_project",
		null, object.remove(payments, ["guid", "project_id"]), {"guid": true, "project_id": true},
	)
	count_denials([new, role({}, "ApproveUse", ["AD+CORP:0011"])], 1)
	count_denials([new, role({}, "ApproveUse", ["AD+CORP:0022"])], 0)
	elsewhere := object.union(role({}, "ApproveUse", ["AD+CORP:0011"]), {"module_address": "module.other"})
	count_denials([new, elsewhere], 0)
}

test_no_applications if count_denials([changed({"applications": []})], 1)

test_applications_not_configured if {
	after := object.remove(payments, ["applications"])
	unknown := {"applications": true}
	count_denials([resource("codesign_project.this", "codesign_project", null, after, unknown)], 1)
	count_denials([resource("codesign_project.this", "codesign_project", payments, after, unknown)], 0)
}

test_applications_known_after_the_apply if {
	after := object.remove(payments, ["applications"])
	create := resource("codesign_project.this", "codesign_project", null, after, {"applications": true})
	configuration := {"root_module": {"resources": [{
		"type": "codesign_project", "name": "this",
		"expressions": {"applications": {"references": ["var.applications"]}},
	}]}}
	count(codesign.deny) == 0 with input as {"resource_changes": [create], "configuration": configuration}
}

test_deletion_protection_off if count_denials([changed({"deletion_protection": false})], 1)

test_deletion_protection_off_for_a_listed_address if {
	removed := changed({"deletion_protection": false})
	count(codesign.deny) == 0 with input as {"resource_changes": [removed]}
		with codesign.unprotected as {"codesign_project.this"}
}

test_force_destroy if count_denials([changed({"force_destroy": true})], 1)

test_deleted if count_denials([resource("codesign_project.this", "codesign_project", payments, null, {})], 0)
