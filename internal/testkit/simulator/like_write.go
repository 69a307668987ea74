package simulator

// likeLag (ms) is that of a server that shows a write later.
const likeLag = 1000

// modesByWrite has the modes for answers that only a writing survey has.
var modesByWrite = map[string]modes{
	"create-owner":   {"yes": nil, "no": func(s *Settings) { s.CreatorNotOwner = true }},
	"create-shown":   {"at once": nil, "later": func(s *Settings) { s.VisibilityLag = likeLag }},
	"create-listed":  {"at once": nil, "later": func(s *Settings) { s.EnumerationLag = likeLag }},
	"update-shown":   {"at once": nil, "later": func(s *Settings) { s.UpdateLag = likeLag }},
	"absent-lists":   {"kept": nil, "cleared": func(s *Settings) { s.AbsentListsCleared = true }},
	"absent-owners":  {"accepted": nil, "HTTP 400": func(s *Settings) { s.OwnersRequired = true }},
	"dirty":          {"no": nil, "yes": func(s *Settings) { s.DirtyRequired = true }},
	"update-renames": {"no": nil, "yes": func(s *Settings) { s.UpdateRenames = true }},
	"update-status":  {"no": nil, "yes": func(s *Settings) { s.UpdateSetsStatus = true }},
	"absent-description": {
		"kept": nil, "cleared": func(s *Settings) { s.AbsentDescriptionCleared = true },
	},
	"unknown-trustee": {
		"accepted": nil, "UserNotFound (1002)": func(s *Settings) { s.UnknownTrusteesRefused = true },
	},
	"unknown-application": {
		"accepted": nil, "RelatedObjectNotSaved (11)": func(s *Settings) { s.UnknownApplicationsRefused = true },
	},
	"user-role": {
		"UpdateFailure (4)": nil, "accepted": func(s *Settings) {
			if s.EnforceGroupRoles {
				s.UsersUnderGroupRoles = "accept"
			}
		},
	},
	"empty-owners": {
		"accepted": nil, "UpdateFailure (4)": func(s *Settings) { s.EmptyOwnersRefused = true },
	},
	"list-spelling": {"as sent": nil, "in another case": func(s *Settings) { with(&s.ListSpelling, "upper") }},
	"field":         {"as sent": nil, "in upper case": func(s *Settings) { s.CustomFieldSpelling = "upper" }},
	"field-clear":   {"no": nil, "yes": func(s *Settings) { s.EmptyFieldsShown = true }},
	"move":          {"accepted": nil, "RenameFailure (6)": func(s *Settings) { s.MoveRefused = true }},
	"submit":        {"Pending": nil, "Enabled": func(s *Settings) { s.AutoApprove = true }},
	"submit-shown":  {"at once": nil, "later": func(s *Settings) { s.StatusLag = likeLag }},
	"direct-draft":  {"UpdateFailure (4)": nil, "InsufficientPermission (2)": nil, "accepted": directEnable},
	"direct-pending": {
		"UpdateFailure (4)": nil, "InsufficientPermission (2)": nil, "accepted": directEnable,
	},
	"withdraw": {"UpdateFailure (4)": nil, "accepted": func(s *Settings) { s.AllowWithdraw = true }},
	"disable":  refusals("Disabled"),
	"enable":   refusals("Disabled->Enabled"),
	"ticket-shown": {
		"at once": nil, "not within ten seconds": nil, "later": func(s *Settings) { s.TicketDelay = likeLag },
	},
	"ticket-approvals": {"one": nil, "several": func(s *Settings) { s.RequiredApprovals = 2 }},
	"approve-comment":  {"no": nil, "yes": func(s *Settings) { s.CommentRequired = true }},
	"approve-own":      {"yes": nil, "no": func(s *Settings) { s.SubmitterMayNotApprove = true }},
	"ticket-new":       {"yes": nil, "no": func(s *Settings) { s.SessionsCacheRights = true }},
	"ticket-approved":  {"gone": nil, "stays": func(s *Settings) { s.ApprovedTicketsVanish = new(bool) }},
	"ticket-privilege": {
		"result 4": nil, "HTTP 401 with result 4": func(s *Settings) { s.WorkflowUnauthorized = true },
	},
	"update-approval": {
		"no": nil, "yes, in every status": flowOfUpdates("wait", false),
		"yes, but not in Draft": flowOfUpdates("wait", true), "yes, in Draft": flowOfUpdates("wait", false),
	},
	"update-second": {
		"another ticket": nil, "no other ticket": func(s *Settings) { s.UpdateFlow.Second = "replace" },
		"UpdateFailure (4)": func(s *Settings) { s.UpdateFlow.Second = "refuse" },
	},
	"delete": {
		"gone at once": nil, "gone later": func(s *Settings) { s.DeleteLag = likeLag },
		"queued for an approval": func(s *Settings) {
			if s.DeleteFlow.Decision == "" { // delete-decision says more
				s.DeleteFlow.Decision = "wait"
			}
		},
	},
	"delete-again": {
		"DeleteFailure (5)": nil, "Success": func(s *Settings) { s.DeleteFlow.Second = "queue" },
	},
	"delete-decision": {
		"still queued": nil, "gone": deleteDecision("approved"), "Disabled": deleteDecision("rejected"),
	},
}

func directEnable(s *Settings) { s.AllowDirectEnable = true }

func flowOfUpdates(decision string, spareDrafts bool) func(*Settings) {
	return func(s *Settings) { s.UpdateFlow.Decision, s.UpdateFlow.SpareDrafts = decision, spareDrafts }
}

func deleteDecision(decision string) func(*Settings) {
	return func(s *Settings) { s.DeleteFlow.Decision, s.DeleteFlow.Delay = decision, likeLag }
}

// refusals are the answers to a step that a server may refuse.
func refusals(step string) modes {
	m := modes{"accepted": nil}
	for answer, code := range map[string]int{
		"InsufficientPermission (2)": signPermission, "UpdateFailure (4)": signUpdate,
		"ObjectNotFound (7)": signNotFound,
	} {
		m[answer] = func(s *Settings) {
			if s.RefusedSteps == nil {
				s.RefusedSteps = map[string]int{}
			}
			s.RefusedSteps[step] = code
		}
	}
	return m
}
