package diags_test

import (
	"crypto/x509"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// advised is an error with a next step.
type advised struct{ error }

func (e advised) Advice() string { return "Ask jane.\n  - or \x1b[31mbob\u202e" }

func (e advised) Unwrap() error { return e.error }

func TestExplain(t *testing.T) {
	const call = "Codesign/GetProject"
	workflow := client.Code{Family: client.FamilyWorkflow, Number: 4, Present: true}
	sign := client.Code{Family: client.FamilySign, Number: 2, Present: true}
	noAuthority := fmt.Errorf("wrapped: %w", x509.UnknownAuthorityError{})
	unavailable := func(status int) error {
		return &client.Error{Operation: call, Reason: client.Unavailable, HTTPStatus: status}
	}
	for name, row := range map[string]struct {
		err       error
		want, not []string
	}{
		"own advice first": {
			advised{unavailable(503)},
			[]string{
				call + ": the server answered HTTP 503.\n\nAsk jane.\n  - or \\u001b[31mbob\\u202e\n\n" +
					"The server is busy",
			},
			nil,
		},
		"unknown authority": {
			&client.Error{Operation: call, Reason: client.Unavailable, Err: noAuthority},
			[]string{"Set trust_bundle"},
			[]string{"configuration is not the cause"},
		},
		"401 without a ticket": {
			&client.Error{Reason: client.Forbidden, HTTPStatus: 401},
			[]string{"is not an approver", "`access_token`"},
			nil,
		},
		"401 about a ticket": {
			&client.Error{Reason: client.Forbidden, HTTPStatus: 401, Code: workflow},
			[]string{"lacks a right"},
			[]string{"`access_token`"},
		},
		"403": {
			&client.Error{Reason: client.Forbidden, HTTPStatus: 403},
			[]string{"lacks a right"},
			[]string{"`access_token`"},
		},
		"refused by code": {
			&client.Error{Reason: client.Forbidden, HTTPStatus: 200, Code: sign},
			[]string{"lacks a right"},
			[]string{"`access_token`"},
		},
		"incomplete answer": {
			&client.Error{
				Operation: call, HTTPStatus: 200, Reason: client.EmptyAnswer, Message: "no rights list in the answer",
			},
			[]string{"no rights list in the answer.", "lacks a required value"},
			[]string{"`url`"},
		},
		"missing scope": {
			&client.Error{Operation: call, HTTPStatus: 403, Reason: client.MissingScope, Scope: "codesign"},
			[]string{"(the server names `codesign`)", "`scope` argument"},
			nil,
		},
		"no answer": {unavailable(0), []string{"Check the provider's `url`"}, nil},
		"429":       {unavailable(429), []string{"is busy"}, []string{"`url`"}},
		"500":       {unavailable(500), []string{"The server failed"}, []string{"`url`"}},
		"502":       {unavailable(502), []string{"the proxy in front of it"}, []string{"`url`"}},
		"503":       {unavailable(503), []string{"is busy"}, []string{"`url`"}},
		"599":       {unavailable(599), []string{"The server failed"}, []string{"`url`"}},
	} {
		got := diags.Explain(row.err)
		for _, want := range row.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: got %q, want %q in it", name, got, want)
			}
		}
		for _, not := range row.not {
			if strings.Contains(got, not) {
				t.Errorf("%s: got %q, want it without %q", name, got, not)
			}
		}
	}
}

// silent is an error that can have a next step and has none.
type silent struct{ error }

func (silent) Advice() string { return "" }

func TestWithRemedy(t *testing.T) {
	for name, row := range map[string]struct {
		err  error
		want string
	}{
		"no advice":    {errors.New("x"), "X.\n\nPlan again."},
		"own advice":   {advised{errors.New("x")}, "X.\n\nAsk jane.\n  - or \\u001b[31mbob\\u202e\n\nPlan again."},
		"empty advice": {silent{errors.New("x")}, "X.\n\nPlan again."},
	} {
		if got := diags.Explain(diags.WithRemedy(row.err, "Plan again.")); got != row.want {
			t.Errorf("%s: got %q, want %q", name, got, row.want)
		}
	}
}
