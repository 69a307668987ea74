package simulator

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"
)

// Settings choose between the answers that the facts leave open, and the pace of the server. The
// zero value is a present-day server at its best behaviour.
type Settings struct {
	// RequiredApprovals of a project submission; 1 when zero.
	RequiredApprovals int `json:"required_approvals,omitempty"`
	// TicketDelay is how long (ms) after a submission its flow ticket appears.
	TicketDelay int `json:"ticket_delay,omitempty"`
	// TicketClock is added (ms) to the CreationTime of flow tickets, as by a server that writes local
	// times without a zone.
	TicketClock int `json:"ticket_clock,omitempty"`
	// StatusLag is how long (ms) reads still show the previous project status.
	StatusLag int `json:"status_lag,omitempty"`
	// AutoApprove: the create flow has no approvers, a submitted project is Enabled at once.
	AutoApprove bool `json:"auto_approve,omitempty"`
	// ApprovedTicketsVanish: a workflow ticket is gone once Approved. Default true.
	ApprovedTicketsVanish *bool `json:"approved_tickets_vanish,omitempty"`
	// SubmitterMayNotApprove refuses the approval of a user's own submission.
	SubmitterMayNotApprove bool `json:"submitter_may_not_approve,omitempty"`

	// GuidStyle of projects and objects: "braces" (default) or "none".
	GUIDStyle string `json:"guid_style,omitempty"`
	// DateStyle: "ms" (default, /Date(ms)/), "offset" (/Date(ms+0200)/) or "iso".
	DateStyle string `json:"date_style,omitempty"`
	// RightsSpelling of the rights list: any of "Rightslist" (else RightsList), "Key" (else key/value)
	// and "map" (else pairs), separated by commas.
	RightsSpelling string `json:"rights_spelling,omitempty"`
	// RightsOmitEmpty leaves an empty rights list out of the answer.
	RightsOmitEmpty bool `json:"rights_omit_empty,omitempty"`
	// FlowEnvironmentSpelling: any of "map" (else pairs) and "Object DN" (else ObjectDn), separated by
	// commas.
	FlowEnvironmentSpelling string `json:"flow_environment_spelling,omitempty"`
	// FlowApproversAsObjects sends identity objects instead of strings.
	FlowApproversAsObjects bool `json:"flow_approvers_as_objects,omitempty"`
	// FlowApprovalSpelling of who gave an approval: "upper" for upper case, "bare" for no prefix,
	// "name" for the prefixed name.
	FlowApprovalSpelling string `json:"flow_approval_spelling,omitempty"`
	// FlowLoadPlural answers Load with Tickets instead of Ticket.
	FlowLoadPlural bool `json:"flow_load_plural,omitempty"`
	// FlowOmitResult leaves Result out of a successful flow answer.
	FlowOmitResult bool `json:"flow_omit_result,omitempty"`
	// CommentRequired refuses a flow approval without Comment.
	CommentRequired bool `json:"comment_required,omitempty"`
	// IgnorePaging always answers the first page with everything.
	IgnorePaging bool `json:"ignore_paging,omitempty"`
	// ProjectStatusOmitted leaves Status out of the project object.
	ProjectStatusOmitted bool `json:"project_status_omitted,omitempty"`
	// SubmissionDateOmitted leaves ApprovalSubmissionDate out of the project object (only OAS has it).
	SubmissionDateOmitted bool `json:"submission_date_omitted,omitempty"`
	// ProjectStatusQuoted sends Status as a quoted number.
	ProjectStatusQuoted bool `json:"project_status_quoted,omitempty"`
	// LowerCaseMembers sends every member of an answer in lower case.
	LowerCaseMembers bool `json:"lower_case_members,omitempty"`
	// DetailsOmitSchedule leaves ScheduledStart and ScheduledStop out of Details.
	DetailsOmitSchedule bool `json:"details_omit_schedule,omitempty"`
	// StatusShort: Workflow/Ticket/Status knows only Pending, Approved, Rejected.
	StatusShort bool `json:"status_short,omitempty"`
	// WorkflowUnauthorized answers lack of rights on a ticket with HTTP 401 and a ticket body.
	WorkflowUnauthorized bool `json:"workflow_unauthorized,omitempty"`
	// SessionsCacheRights hides workflow tickets younger than the session until Permissions/Refresh or
	// a new token.
	SessionsCacheRights bool `json:"sessions_cache_rights,omitempty"`

	// HideForbidden answers ObjectNotFound where the caller lacks the right to see.
	HideForbidden bool `json:"hide_forbidden,omitempty"`
	// MissingResult is the result for an object that does not exist; 7 when zero.
	MissingResult int `json:"missing_result,omitempty"`
	// EmptyMissing answers GetProject for a missing project with Success and no Project.
	EmptyMissing bool `json:"empty_missing,omitempty"`
	// AllowWithdraw permits Pending to Draft by UpdateProjectStatus.
	AllowWithdraw bool `json:"allow_withdraw,omitempty"`
	// AllowDirectEnable permits Draft or Pending to Enabled by UpdateProjectStatus.
	AllowDirectEnable bool `json:"allow_direct_enable,omitempty"`
	// EnumerateRefused answers EnumerateProjects with InsufficientPermission.
	EnumerateRefused bool `json:"enumerate_refused,omitempty"`

	ProjectModes

	// BrowseLocal lets Identity/Browse show local identities beside those of the caller's provider.
	BrowseLocal bool `json:"browse_local,omitempty"`

	// LegacyScopes: the scopes of the older pages (rights calls under codesign and so on).
	LegacyScopes bool `json:"legacy_scopes,omitempty"`
	// RefreshNeedsSecurity: Permissions/Refresh needs the scope security.
	RefreshNeedsSecurity bool `json:"refresh_needs_security,omitempty"`
	// Scopes overrides the scope of single operations, such as "Codesign/GetRight": "codesign".
	Scopes map[string]string `json:"scopes,omitempty"`
	// AccessTokenLifetime in seconds; 90 days when zero.
	AccessTokenLifetime int `json:"access_token_lifetime,omitempty"`
	// OldGrantAnswers leaves expires_in and refresh_until out of grant answers.
	OldGrantAnswers bool `json:"old_grant_answers,omitempty"`
	// TerseErrors: failures of a grant have an empty body, the text stands in the reason phrase only.
	TerseErrors bool `json:"terse_errors,omitempty"`
	// RevokeFails answers revoke/token with 202.
	RevokeFails bool `json:"revoke_fails,omitempty"`
	// JWTKeys are the keys of trusted issuers: "hs256:SECRET".
	JWTKeys []string `json:"jwt_keys,omitempty"`
	// JWTAudience must match the claim when set.
	JWTAudience string `json:"jwt_audience,omitempty"`
	// DetailsTimes changes the times of Workflow/Ticket/Details: any of "minutes" (rounded down to
	// whole minutes) and "zoneless" (ISO text without a zone), separated by commas.
	DetailsTimes string `json:"details_times,omitempty"`
	// DetailsClock is added (ms) to zoneless times, as by a server that writes its local time.
	DetailsClock int `json:"details_clock,omitempty"`
	// UnknownIdentity is the answer of Identity/Validate for an unknown identity: "" (an object
	// without ID), "null" (ID is null), "empty" (200 without a body) or "204".
	UnknownIdentity string `json:"unknown_identity,omitempty"`
	// DashedUniversals are dashed GUIDs without braces, in every directory. It counts when the
	// server starts.
	DashedUniversals bool `json:"dashed_universals,omitempty"`
	// FlowEmptyNull answers an empty Flow Enumerate with Tickets null and without Result.
	FlowEmptyNull bool `json:"flow_empty_null,omitempty"`
	// AnswerEncoding of JSON answers: "" (UTF-8), "bom" (UTF-8 with a byte order mark) or "utf-16"
	// (little endian, with a byte order mark).
	AnswerEncoding string `json:"answer_encoding,omitempty"`
	// RefusedSteps are sign result codes by the step they refuse: "Enabled->Disabled", or "Disabled"
	// for every step to that status.
	RefusedSteps map[string]int `json:"refused_steps,omitempty"`
	// VisibilityLag is how long (ms) a project that was created while the server runs stays
	// invisible to every read.
	VisibilityLag int `json:"visibility_lag,omitempty"`
	// EnumerationLag is how long (ms) EnumerateProjects leaves out a created project and shows a
	// renamed one under its former DN.
	EnumerationLag int `json:"enumeration_lag,omitempty"`
	// Version is what SystemStatus/Version says.
	Version string `json:"version,omitempty"`
}

func milliseconds(n int) time.Duration { return time.Duration(n) * time.Millisecond }

// like.json has the members of Settings for each answer to a question of the survey.
//
//go:embed like.json
var likeJSON []byte

// Like sets the modes that a report of `make survey` names, so that the server behaves as the
// surveyed one. It returns the answers for which there is no mode.
func (s *Settings) Like(report io.Reader) (unknown []string, err error) {
	type answered struct{ ID, Answer string }
	var r struct{ Questions []answered }
	if err := json.NewDecoder(report).Decode(&r); err != nil {
		return nil, fmt.Errorf("the file is not a report of make survey: %w", err)
	}
	modes := mustRead[map[string]map[string]json.RawMessage](likeJSON)
	// "delete-decision" says more than "delete".
	slices.SortFunc(r.Questions, func(a, b answered) int { return cmp.Compare(a.ID, b.ID) })
	for _, q := range r.Questions {
		answers, settable := modes[q.ID]
		members, known := answers[q.Answer]
		switch {
		case q.Answer == "" || !settable:
		case q.ID == "version":
			s.Version = q.Answer + ".0.0"
		case !known:
			unknown = append(unknown, q.ID+": "+q.Answer)
		default:
			s.add(members)
		}
	}
	return unknown, nil
}

// add sets members. The words of a list come to those that it has already.
func (s *Settings) add(members json.RawMessage) {
	before := *s
	must(json.Unmarshal(members, s))
	for list, was := range map[*string]string{
		&s.RightsSpelling: before.RightsSpelling, &s.FlowEnvironmentSpelling: before.FlowEnvironmentSpelling,
		&s.DetailsTimes: before.DetailsTimes, &s.ListSpelling: before.ListSpelling,
	} {
		if was != "" && was != *list {
			*list = was + "," + *list
		}
	}
}
