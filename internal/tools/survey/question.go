package main

import (
	"fmt"
	"slices"
	"strings"
)

// question is one uncertain fact. classify is pure: it looks at answers and returns one of the
// possible ones, or "" if they do not show it.
type question struct {
	id, text string
	answers  []string
	// probe is the call that the question is about, scope what it needs.
	probe, scope string
	classify     func(ev *evidence) string
}

// observation is a question with what was observed: an answer, or why there is none.
type observation struct {
	question
	answer, reason string
}

// another is the answer that no documentation has.
const another = "another form"

// observe asks a question of the answers that there are.
func (q question) observe(ev *evidence) observation {
	o := observation{question: q, answer: q.classify(ev)}
	switch {
	case o.answer == "":
		o.reason = ev.whyNot(q.probe, q.scope)
	case !slices.Contains(q.answers, o.answer) && !isOpen(o.answer):
		panic(fmt.Sprintf("question %s has no answer %q", q.id, o.answer))
	}
	return o
}

// isOpen reports an answer that every question may have.
func isOpen(answer string) bool {
	return answer == another || answer == "HTTP 400" || answer == "HTTP 5xx" || isVersion(answer) || isResult(answer)
}

func observeAll(questions []question, ev *evidence) []observation {
	all := make([]observation, 0, len(questions))
	for _, q := range questions {
		all = append(all, q.observe(ev))
	}
	return all
}

func settled(observations []observation) (n int) {
	for _, o := range observations {
		if o.answer != "" {
			n++
		}
	}
	return n
}

// readingQuestions are the questions that reading calls settle.
func readingQuestions() []question {
	return slices.Concat(generalQuestions, projectQuestions, missingQuestions, rightsQuestions, flowQuestions,
		workflowQuestions, identityQuestions, configurationQuestions, environmentQuestions)
}

// Results of classifications that many questions share.
const (
	yes     = "yes"
	no      = "no"
	present = "present"
	absent  = "absent"
)

// ifAny is one of two answers, and "" without an answer of the server.
func ifAny(e *exchange, found bool, then, otherwise string) string {
	switch {
	case !e.succeeded():
		return ""
	case found:
		return then
	default:
		return otherwise
	}
}

// resultNames are the result codes that a report names.
var resultNames = map[int]string{
	0: "None", 1: "Success", 2: "InsufficientPermission", 3: "CreateFailure", 4: "UpdateFailure", 5: "DeleteFailure",
	6: "RenameFailure", 7: "ObjectNotFound", 8: "IncorrectObjectType", 9: "ObjectHasChildren",
	10: "AssignPermissionFailure", 11: "RelatedObjectNotSaved", 12: "RemoteError", 13: "NotImplemented",
	14: "UnhandledException", 15: "FailedToLoadObject", 400: "ObjectDoesNotExist",
	1000: "AssignProjectPermissionFailure",
	1001: "DuplicateUserAssignment", 1002: "UserNotFound", 2000: "ObjectInGroup", 2001: "ObjectNotInGroup",
	2002: "ObjectAlreadyExists", 3000: "EnvironmentMoveRestricted", 3001: "ValueProhibitedByTemplate",
	3002: "KeyAccessFailure", 3003: "QueryFailure", 3004: "ImportFailure", 3005: "ObjectsPending",
}

// resultAnswer names a result code: "ObjectNotFound (7)".
func resultAnswer(code int) string {
	if name, known := resultNames[code]; known {
		return fmt.Sprintf("%s (%d)", name, code)
	}
	return "another result code"
}

func isResult(answer string) bool {
	if answer == "another result code" {
		return true
	}
	name, _, _ := strings.Cut(answer, " ")
	for _, known := range resultNames {
		if known == name {
			return true
		}
	}
	return false
}

// refusalOf is what an answer refuses a request with: the result code, or the HTTP status.
func refusalOf(e *exchange) string {
	switch code, there := e.result(); {
	case e == nil, e.status == 0, e.succeeded():
		return ""
	case e.status == 401 || e.status == 403:
		return ""
	case there:
		return resultAnswer(code)
	case e.status == 400:
		return "HTTP 400"
	case e.status >= 500:
		return "HTTP 5xx"
	default:
		return ""
	}
}
