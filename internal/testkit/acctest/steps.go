package acctest

import (
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// Applies is a step that applies a configuration, checks the state, and ends in an
// empty plan.
func Applies(config string, checks ...statecheck.StateCheck) resource.TestStep {
	return resource.TestStep{
		Config:            config,
		ConfigStateChecks: checks,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
	}
}

// Fails is a step that ends in an error with these words, in this order, however
// the CLI breaks its lines.
func Fails(config string, words ...string) resource.TestStep {
	return resource.TestStep{Config: config, ExpectError: Words(words...)}
}

// Words matches texts in their order, with anything between them, and any white
// space, also that of a frame, where they have a blank.
func Words(texts ...string) *regexp.Regexp {
	quoted := make([]string, 0, len(texts))
	for _, text := range texts {
		quoted = append(quoted, strings.ReplaceAll(regexp.QuoteMeta(text), " ", `[\s│|]+`))
	}
	return regexp.MustCompile("(?s)" + strings.Join(quoted, ".*"))
}

// Strings is a list of exactly these strings.
func Strings(list ...string) knownvalue.Check {
	checks := make([]knownvalue.Check, 0, len(list))
	for _, s := range list {
		checks = append(checks, knownvalue.StringExact(s))
	}
	return knownvalue.ListExact(checks)
}
