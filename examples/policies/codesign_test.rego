package codesign_test

import data.codesign

change(type, before, after, actions) := {"resource_changes": [{
	"address": sprintf("%s.this", [type]),
	"mode": "managed",
	"type": type,
	"provider_name": "registry.terraform.io/codesign-tf/codesign",
	"change": {"actions": actions, "before": before, "after": after},
}]}

status(after) := change("codesign_project_status", null, after, ["create"])

decision(after) := change("workflow_ticket_decision", null, after, ["create"])

test_status_passes if count(codesign.deny) == 0 with input as status({"status": "Enabled", "self_approve": null})

test_self_approval if count(codesign.deny) == 1 with input as status({"status": "Enabled", "self_approve": true})

test_self_approval_of_a_listed_address if {
	count(codesign.deny) == 0 with input as status({"status": "Enabled", "self_approve": true})
		with codesign.self_approvers as {"codesign_project_status.this"}
}

test_unchanged_is_not_judged if {
	count(codesign.deny) == 0 with input as change("codesign_project_status", {}, {"self_approve": true}, ["no-op"])
}

test_approval_names_a_change if {
	count(codesign.deny) == 0 with input as change("codesign_project_approval", null, {"comment": "CHG0012345"}, ["create"])
}

test_approval_without_a_change if {
	every comment in [null, "", "fine", "CHG1", "xCHG0012345"] {
		count(codesign.deny) == 1 with input as change("codesign_project_approval", null, {"comment": comment}, ["create"])
	}
}

window(stop) := {"status": "Approved Between", "explanation": "CHG0012345", "schedule": {
	"start": "2026-12-01T22:00:00Z",
	"stop": stop,
}}

test_window_of_a_day if count(codesign.deny) == 0 with input as decision(window("2026-12-02T23:00:00+01:00"))

test_window_of_more_than_a_day if count(codesign.deny) == 1 with input as decision(window("2026-12-02T22:00:01Z"))

test_window_without_an_end if count(codesign.deny) == 1 with input as decision(window(null))

test_approval_without_a_window if {
	count(codesign.deny) == 1 with input as decision({"status": "Approved", "explanation": "CHG0012345", "schedule": null})
}

test_rejection_needs_no_window if {
	count(codesign.deny) == 0 with input as decision({"status": "Rejected", "explanation": "CHG0012345", "schedule": null})
}

noted := {"resources": [{"address": "terraform_data.note", "provisioners": [{"type": "local-exec"}]}]}

test_provisioner if {
	count(codesign.deny) == 1 with input as {"configuration": {"root_module": noted}}
}

test_provisioner_of_a_module if {
	count(codesign.deny) == 1 with input as {"configuration": {"root_module": {"module_calls": {"child": {"module": noted}}}}}
}

test_other_provider if {
	count(codesign.deny) == 1 with input as {"configuration": {"provider_config": {"external": {"name": "external"}}}}
}

test_other_provider_without_a_block if {
	count(codesign.deny) == 1 with input as {"resource_changes": [{
		"address": "data.external.this",
		"mode": "data",
		"type": "external",
		"provider_name": "registry.terraform.io/hashicorp/external",
		"change": {"actions": ["read"]},
	}]}
}

test_released_silently if {
	before := {"status": "Enabled", "status_on_destroy": null}
	count(codesign.deny) == 1 with input as change("codesign_project_status", before, null, ["delete"])
}

test_released_with_a_status if {
	before := {"status": "Enabled", "status_on_destroy": "Disabled"}
	count(codesign.deny) == 0 with input as change("codesign_project_status", before, null, ["delete"])
}
