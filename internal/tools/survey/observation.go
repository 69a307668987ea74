package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// observation is one uncertain fact with what was observed.
type observation struct {
	id, text string
	choice
	reason string // why there is no answer
}

// choice is the possible answers to a question, and the one that the server gave: "" if its answers
// do not show it.
type choice struct {
	answers []string
	answer  string
}

// another is the answer that no documentation has.
const another = "another form"

// Answers that many questions share.
const (
	yes      = "yes"
	no       = "no"
	present  = "present"
	absent   = "absent"
	accepted = "accepted"
	noEffect = "no effect"
)

// observe asks the questions that reading calls settle, and those that need a scratch project.
func observe(ev *evidence, writing bool) []observation {
	reading := slices.Concat(generalQuestions(ev), projectQuestions(ev), missingQuestions(ev), rightsQuestions(ev),
		flowQuestions(ev), workflowQuestions(ev), identityQuestions(ev), configurationQuestions(ev),
		environmentQuestions(ev))
	if !writing {
		return reading
	}
	return slices.Concat(reading, createQuestions(ev), updateQuestions(ev), fieldQuestions(ev),
		statusQuestions(ev), approvalQuestions(ev), ticketQuestions(ev), deleteQuestions(ev))
}

// ask makes an observation. The probe is the call that the question is about.
func (ev *evidence) ask(id, text, probe string, c choice) observation {
	o := observation{id: id, text: text, choice: c}
	if o.answer == "" {
		o.reason = ev.whyNot(probe)
	}
	return o
}

// oneOf is a choice of several answers.
func oneOf(answer string, answers ...string) choice { return choice{answers, answer} }

// either is a choice of two answers, without an answer if the server refused the call.
func either(then, otherwise string, e *exchange, found bool) choice {
	return which(found, then, otherwise).provided(e.succeeded())
}

// which is a choice of two answers, the first one if the condition holds.
func which(condition bool, then, otherwise string) choice {
	return oneOf(chosen(condition, then, otherwise), then, otherwise)
}

// chosen is the first text if the condition holds, else the second.
func chosen(condition bool, then, otherwise string) string {
	if condition {
		return then
	}
	return otherwise
}

// success is an answer to a call that succeeded.
func success(e *exchange, answer string) string { return chosen(e.succeeded(), answer, "") }

// provided is the choice without an answer unless the condition holds.
func (c choice) provided(condition bool) choice {
	c.answer = chosen(condition, c.answer, "")
	return c
}

// orAnother has another form as its answer instead of one that is not possible.
func (c choice) orAnother() choice {
	if c.answer != "" && !slices.Contains(c.answers, c.answer) {
		c.answer = another
	}
	return c
}

// orRefusal has a refusal of the call as its answer where it has none, and more answers.
func (c choice) orRefusal(e *exchange, more ...string) choice {
	c.answer = cmp.Or(c.answer, e.refusal())
	c.answers = append(c.answers, more...)
	return c
}

const anotherResult = "another result code"

// resultAnswer names a result code of the calls for projects: "ObjectNotFound (7)".
func resultAnswer(code int) string {
	for _, family := range []string{client.FamilySign, client.FamilyConfig} {
		name := client.Code{Family: family, Number: code, Present: true}.Name()
		if !strings.HasPrefix(name, "Unknown ") {
			return name
		}
	}
	return anotherResult
}

// printObservations lists each question with its possible answers and the observed one.
func printObservations(out io.Writer, observations []observation) {
	settled := len(observations)
	for _, o := range observations {
		fmt.Fprintf(out, "\n%s\n", o.text)
		for _, answer := range o.answers {
			fmt.Fprintf(out, "  [%s] %s\n", chosen(answer == o.answer, "x", " "), answer)
		}
		switch {
		case o.answer == "":
			settled--
			fmt.Fprintf(out, "  not settled: %s\n", o.reason)
		case !slices.Contains(o.answers, o.answer):
			fmt.Fprintf(out, "  [x] %s\n", o.answer)
		}
	}
	fmt.Fprintf(out, "\n%d of %d questions are settled.\n", settled, len(observations))
}
