package main

import (
	"strings"
	"sync"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

type settings = simulator.Settings

// readingModes are the modes of the embedded server that reading calls show, each with the answer
// that names it.
var readingModes = map[string]struct {
	set          func(*settings)
	id, want     string
	user, scopes string // carla with all scopes if empty
}{
	"guid style": {set: func(s *settings) { s.GUIDStyle = "none" }, id: "guid", want: "without braces"},
	"dates with an offset": {set: func(s *settings) {
		s.DateStyle = "offset"
	}, id: "dates", want: "/Date(ms+zone)/"},
	"ISO dates": {set: func(s *settings) { s.DateStyle = "iso" }, id: "dates", want: "ISO with zone"},
	"Rightslist": {set: func(s *settings) {
		s.RightsSpelling = "Rightslist"
	}, id: "rights-member", want: "Rightslist", user: "ada"},
	"Key and Value": {set: func(s *settings) {
		s.RightsSpelling = "Key"
	}, id: "rights-form", want: "Key and Value", user: "ada"},
	"rights as a map": {set: func(s *settings) {
		s.RightsSpelling = "map"
	}, id: "rights-form", want: "a map", user: "ada"},
	"no empty rights": {set: func(s *settings) {
		s.RightsOmitEmpty = true
	}, id: "rights-empty", want: "no list", user: "ada"},
	"environment as a map": {set: func(s *settings) {
		s.FlowEnvironmentSpelling = "map"
	}, id: "flow-environment", want: "a map"},
	"Object DN": {set: func(s *settings) {
		s.FlowEnvironmentSpelling = "Object DN"
	}, id: "flow-object", want: "Object DN"},
	"Object DN in a map": {set: func(s *settings) {
		s.FlowEnvironmentSpelling = "map,Object DN"
	}, id: "flow-object", want: "Object DN"},
	"approvers as objects": {set: func(s *settings) {
		s.FlowApproversAsObjects = true
	}, id: "flow-approvers", want: "objects"},
	"approvals in upper case": {set: func(s *settings) {
		s.FlowApprovalSpelling = "upper"
	}, id: "flow-approval", want: "in upper case"},
	"approvals bare": {set: func(s *settings) {
		s.FlowApprovalSpelling = "bare"
	}, id: "flow-approval", want: "without a prefix"},
	"load as a list":      {set: func(s *settings) { s.FlowLoadPlural = true }, id: "flow-load", want: "Tickets"},
	"flow without Result": {set: func(s *settings) { s.FlowOmitResult = true }, id: "flow-result", want: "no"},
	"no paging":           {set: func(s *settings) { s.IgnorePaging = true }, id: "flow-paging", want: "no"},
	"Tickets null":        {set: func(s *settings) { s.FlowEmptyNull = true }, id: "flow-empty", want: "null"},
	"local flow times": {set: func(s *settings) {
		s.TicketClock = 3600000
	}, id: "flow-time", want: "ISO without zone"},
	"no status": {set: func(s *settings) { s.ProjectStatusOmitted = true }, id: "status", want: "absent"},
	"status in quotes": {set: func(s *settings) {
		s.ProjectStatusQuoted = true
	}, id: "status", want: "a number in quotes"},
	"no submission date": {set: func(s *settings) {
		s.SubmissionDateOmitted = true
	}, id: "submission-date", want: "absent"},
	"lower case": {set: func(s *settings) {
		s.LowerCaseMembers = true
	}, id: "members", want: "lower case"},
	"byte order mark": {set: func(s *settings) { s.AnswerEncoding = "bom" }, id: "encoding", want: "bom"},
	"UTF-16":          {set: func(s *settings) { s.AnswerEncoding = "utf-16" }, id: "encoding", want: "utf-16"},
	"no schedule": {set: func(s *settings) {
		s.DetailsOmitSchedule = true
	}, id: "ticket-schedule", want: "absent"},
	"short status": {set: func(s *settings) {
		s.StatusShort = true
	}, id: "ticket-status", want: "Approved only"},
	"details without a zone": {set: func(s *settings) {
		s.DetailsTimes = "zoneless"
	}, id: "ticket-times", want: "ISO without zone"},
	"details in minutes": {set: func(s *settings) {
		s.DetailsTimes = "minutes"
	}, id: "ticket-precision", want: "whole minutes"},
	"missing is 15": {set: func(s *settings) {
		s.MissingResult = 15
	}, id: "missing", want: "FailedToLoadObject (15)"},
	"missing is empty": {set: func(s *settings) {
		s.EmptyMissing = true
	}, id: "missing", want: "Success without a project"},
	"hidden looks missing": {set: func(s *settings) {
		s.HideForbidden = true
	}, id: "hidden", want: "ObjectNotFound (7)"},
	"enumeration refused": {set: func(s *settings) {
		s.EnumerateRefused = true
	}, id: "enumeration", want: "InsufficientPermission (2)"},
	"unknown is null": {set: func(s *settings) {
		s.UnknownIdentity = "null"
	}, id: "identity-unknown", want: "ID is null"},
	"unknown is empty": {set: func(s *settings) {
		s.UnknownIdentity = "empty"
	}, id: "identity-unknown", want: "an empty body"},
	"unknown is 204": {set: func(s *settings) {
		s.UnknownIdentity = "204"
	}, id: "identity-unknown", want: "HTTP 204"},
	"dashed universals": {set: func(s *settings) {
		s.DashedUniversals = true
	}, id: "universal", want: "with dashes"},
	"browse finds local": {set: func(s *settings) { s.BrowseLocal = true }, id: "browse", want: "yes"},
	"older scopes": {set: func(s *settings) {
		s.LegacyScopes = true
	}, id: "rights-scope", want: "codesign:manage", scopes: "codesign;configuration"},
	"refresh needs security": {set: func(s *settings) {
		s.RefreshNeedsSecurity = true
	}, id: "refresh-scope", want: "security", scopes: "codesign;configuration"},
	"older configuration": {set: func(s *settings) { s.OldGlobalConfiguration = true }, id: "global", want: "no"},
	"group roles":         {set: func(s *settings) { s.EnforceGroupRoles = true }, id: "group-roles", want: "on"},
	"self dealing":        {set: func(s *settings) { s.PreventSelfDealing = true }, id: "self-dealing", want: "on"},
	"country":             {set: func(s *settings) { s.LowerCaseCountry = true }, id: "country", want: "country"},
	"argument pattern": {set: func(s *settings) {
		s.OldArgumentPattern = true
	}, id: "application-pattern", want: "PermittedArgumentPattern"},
	"doubled DNs": {set: func(s *settings) {
		s.DoubledDNS = true
	}, id: "environment-dn", want: "with doubled backslashes"},
	"field types": {set: func(s *settings) {
		s.CustomFieldTypes = map[string]int{"Cost Centre": 3}
	}, id: "field-type", want: "other types, too"},
	"version": {set: func(s *settings) { s.Version = "24.1.0.99" }, id: "version", want: "24.1"},
	"scope of Self": {set: func(s *settings) {
		s.Scopes = map[string]string{"Identity/Self": "configuration"}
	}, id: "self-scope", want: "yes", scopes: "codesign"},
	"missing answers 8": {set: func(s *settings) {
		s.MissingResult = 8
	}, id: "missing-guid", want: "IncorrectObjectType (8)"},
	"plural and lower case": {set: func(s *settings) {
		s.FlowLoadPlural, s.LowerCaseMembers = true, true
	}, id: "flow-load", want: "Tickets"},
	"null and no Result": {set: func(s *settings) {
		s.FlowEmptyNull, s.FlowOmitResult = true, true
	}, id: "flow-result", want: "no"},
	"map without empty lists": {set: func(s *settings) {
		s.RightsSpelling, s.RightsOmitEmpty = "map", true
	}, id: "rights-empty", want: "no list", user: "ada"},
}

func surveyOf(t *testing.T, set func(*settings), user, scopes string) map[string]observation {
	t.Helper()
	w := company()
	if set != nil {
		set(&w.Settings)
	}
	if user == "" {
		user = "carla"
	}
	server := simulator.New(w)
	t.Cleanup(server.Close)
	return run(t, server, user, scopes, "-hidden", hiddenDN, "-project", `\VED\Code Signing\Projects\Payments`)
}

// zero are surveys of servers without any setting, by user and scopes: many tests compare with them.
var zero sync.Map

func zeroSurvey(t *testing.T, user, scopes string) map[string]observation {
	t.Helper()
	if known, ok := zero.Load("read " + user + scopes); ok {
		return known.(map[string]observation)
	}
	found := surveyOf(t, nil, user, scopes)
	zero.Store("read "+user+scopes, found)
	return found
}

func TestReading_NamesEveryMode(t *testing.T) {
	t.Parallel()
	for name, row := range readingModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found := surveyOf(t, row.set, row.user, row.scopes)
			if got := found[row.id]; got.answer != row.want {
				t.Errorf("%s: got %q (%s), want %q", row.id, got.answer, got.reason, row.want)
			}
			if before := zeroSurvey(t, row.user, row.scopes); before[row.id].answer == row.want {
				t.Errorf("%s: the zero settings have the same answer %q", row.id, row.want)
			}
		})
	}
}

func TestReading_SettlesAllThatTheCompanyShows(t *testing.T) {
	t.Parallel()
	unsettled := map[string]bool{
		"grant": true, "revoke": true, "ticket-foreign": true,
		"rights-scope": true, "refresh-scope": true, "self-scope": true,
	}
	for _, user := range []string{"carla", "ada"} {
		found := surveyOf(t, nil, user, "")
		for id, o := range found {
			if o.answer == "" && !unsettled[id] && (user == "carla" || strings.HasPrefix(id, "rights")) &&
				(user == "ada" || !strings.HasPrefix(id, "rights")) {
				t.Errorf("%s, %s: not settled: %s", user, id, o.reason)
			}
		}
	}
}
