package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// survey is the part of a report of `make survey` that says how a server behaves.
type survey struct {
	Questions []struct {
		ID     string `json:"id"`
		Answer string `json:"answer"`
	} `json:"questions"`
}

// Like sets the modes that a report of `make survey` names, so that the server behaves as the
// surveyed one. It returns the answers for which there is no mode.
func (s *Settings) Like(report io.Reader) (unknown []string, err error) {
	var r survey
	if err := json.NewDecoder(report).Decode(&r); err != nil {
		return nil, fmt.Errorf("the file is not a report of make survey: %w", err)
	}
	for _, q := range r.Questions {
		modes, settable := modesByAnswer[q.ID]
		if !settable {
			modes, settable = modesByWrite[q.ID]
		}
		set, known := modes[q.Answer]
		switch {
		case q.Answer == "" || !settable:
		case q.ID == "version":
			s.Version = q.Answer + ".0.0"
		case !known:
			unknown = append(unknown, q.ID+": "+q.Answer)
		case set != nil:
			set(s)
		}
	}
	return unknown, nil
}

// with adds a word to a list that is separated by commas.
func with(list *string, word string) {
	if !contains(strings.Split(*list, ","), word) {
		*list = strings.TrimPrefix(*list+","+word, ",")
	}
}

type modes = map[string]func(*Settings)

// modesByAnswer has a mode for each answer to a question of the survey; nil is the default.
var modesByAnswer = map[string]modes{
	"version":         {},
	"members":         {"as documented": nil, "lower case": func(s *Settings) { s.LowerCaseMembers = true }},
	"encoding":        {"utf-8": nil, "bom": encoding("bom"), "utf-16": encoding("utf-16")},
	"refresh-scope":   {"any": nil, "security": func(s *Settings) { s.RefreshNeedsSecurity = true }},
	"grant":           {"present": nil, "absent": func(s *Settings) { s.OldGrantAnswers = true }},
	"revoke":          {"HTTP 200": nil, "HTTP 202": func(s *Settings) { s.RevokeFails = true }},
	"enumeration":     {"a list": nil, "InsufficientPermission (2)": func(s *Settings) { s.EnumerateRefused = true }},
	"guid":            {"with braces": nil, "without braces": func(s *Settings) { s.GUIDStyle = "none" }},
	"dates":           {"/Date(ms)/": nil, "/Date(ms+zone)/": dates("offset"), "ISO with zone": dates("iso")},
	"submission-date": {"present": nil, "absent": func(s *Settings) { s.SubmissionDateOmitted = true }},
	"status": {
		"a number": nil, "a number in quotes": func(s *Settings) { s.ProjectStatusQuoted = true },
		"absent": func(s *Settings) { s.ProjectStatusOmitted = true },
	},
	"missing": {
		"ObjectNotFound (7)": nil, "FailedToLoadObject (15)": missing(15), "IncorrectObjectType (8)": missing(8),
		"InsufficientPermission (2)": missing(2), "Success without a project": func(s *Settings) {
			s.EmptyMissing = true
		},
	},
	"hidden": {
		"InsufficientPermission (2)": nil, "ObjectNotFound (7)": func(s *Settings) { s.HideForbidden = true },
	},
	"rights-member": {"RightsList": nil, "Rightslist": rightsSpelling("Rightslist")},
	"rights-form": {
		"key and value": nil, "Key and Value": rightsSpelling("Key"), "a map": rightsSpelling("map"),
	},
	"rights-empty": {"an empty list": nil, "no list": func(s *Settings) { s.RightsOmitEmpty = true }},
	"rights-scope": {
		"codesign:admin": nil, "codesign:manage": legacyScopes, "codesign": legacyScopes,
	},
	"flow-environment": {"pairs": nil, "a map": flowSpelling("map")},
	"flow-object":      {"ObjectDn": nil, "Object DN": flowSpelling("Object DN")},
	"flow-approvers":   {"texts": nil, "objects": func(s *Settings) { s.FlowApproversAsObjects = true }},
	"flow-approval": {
		"a prefixed universal": nil, "in upper case": approvals("upper"), "without a prefix": approvals("bare"),
		"a prefixed name": approvals("name"),
	},
	"flow-time":   {"ISO with zone": nil, "ISO without zone": func(s *Settings) { s.TicketClock = 1 }},
	"flow-load":   {"Ticket": nil, "Tickets": func(s *Settings) { s.FlowLoadPlural = true }},
	"flow-result": {"yes": nil, "no": func(s *Settings) { s.FlowOmitResult = true }},
	"flow-empty":  {"an empty list": nil, "null": func(s *Settings) { s.FlowEmptyNull = true }},
	"flow-paging": {"yes": nil, "no": func(s *Settings) { s.IgnorePaging = true }},
	"ticket-schedule": {
		"present": nil, "absent": func(s *Settings) { s.DetailsOmitSchedule = true },
	},
	"ticket-times": {
		"/Date(ms)/": nil, "/Date(ms+zone)/": nil, "ISO with zone": nil,
		"ISO without zone": func(s *Settings) { with(&s.DetailsTimes, "zoneless") },
	},
	"ticket-precision": {"yes": nil, "whole minutes": func(s *Settings) { with(&s.DetailsTimes, "minutes") }},
	"ticket-status":    {"yes": nil, "Approved only": func(s *Settings) { s.StatusShort = true }},
	"identity-unknown": {
		"an object without ID": nil, "ID is null": unknownIdentity("null"), "an empty body": unknownIdentity("empty"),
		"HTTP 204": unknownIdentity("204"),
	},
	"universal":  {"in braces": nil, "with dashes": func(s *Settings) { s.DashedUniversals = true }},
	"browse":     {"no": nil, "yes": func(s *Settings) { s.BrowseLocal = true }},
	"self-scope": {"no": nil, "yes": selfScope},
	"global":     {"yes": nil, "no": func(s *Settings) { s.OldGlobalConfiguration = true }},
	"group-roles": {
		"off": nil, "absent": nil, "on": func(s *Settings) { s.EnforceGroupRoles = true },
	},
	"self-dealing": {
		"off": nil, "absent": nil, "on": func(s *Settings) { s.PreventSelfDealing = true },
	},
	"environment-dn": {"plain": nil, "with doubled backslashes": func(s *Settings) { s.DoubledDNS = true }},
	"country":        {"Country": nil, "country": func(s *Settings) { s.LowerCaseCountry = true }},
	"application-pattern": {
		"CommandRestrictionRegex": nil, "absent": nil,
		"PermittedArgumentPattern": func(s *Settings) { s.OldArgumentPattern = true },
	},
}

func encoding(name string) func(*Settings) { return func(s *Settings) { s.AnswerEncoding = name } }
func dates(style string) func(*Settings)   { return func(s *Settings) { s.DateStyle = style } }
func missing(result int) func(*Settings)   { return func(s *Settings) { s.MissingResult = result } }

func rightsSpelling(word string) func(*Settings) {
	return func(s *Settings) { with(&s.RightsSpelling, word) }
}

func flowSpelling(word string) func(*Settings) {
	return func(s *Settings) { with(&s.FlowEnvironmentSpelling, word) }
}

func approvals(spelling string) func(*Settings) {
	return func(s *Settings) { s.FlowApprovalSpelling = spelling }
}

func unknownIdentity(answer string) func(*Settings) {
	return func(s *Settings) { s.UnknownIdentity = answer }
}

func legacyScopes(s *Settings) { s.LegacyScopes = true }

func selfScope(s *Settings) {
	if s.Scopes == nil {
		s.Scopes = map[string]string{}
	}
	s.Scopes["Identity/Self"] = "configuration"
}
