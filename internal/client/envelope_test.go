package client

import (
	"context"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

const nothingTold = "the answer has neither Result nor Success"

// findings are what a body says, for a call of each family.
var familyCalls = map[string]func(context.Context, *Client) error{
	FamilySign: func(ctx context.Context, c *Client) error { return c.UpdateProjectStatus(ctx, ByID(1), 0) },
	FamilyWorkflow: func(ctx context.Context, c *Client) error {
		return c.UpdateTicketStatus(ctx, TicketDecision{
			GUID: bareGUID, Decision: schedule.Decision{Status: "Approved"},
		})
	},
	FamilyFlow:   func(ctx context.Context, c *Client) error { return c.ApproveFlowTicket(ctx, 1, "ok") },
	FamilyConfig: func(ctx context.Context, c *Client) error { return c.RefreshPermissions(ctx) },
}

func TestEnvelope_Families(t *testing.T) {
	for _, row := range []struct {
		family, body string
		reason       Reason // Unknown: it is a success
		delivery     Delivery
		code         string
		text         string
	}{
		{FamilySign, `{"Result":1,"Success":true}`, Unknown, 0, "", ""},
		{FamilySign, `{"Result":"1","Success":"true"}`, Unknown, 0, "", ""},
		{FamilySign, `{"result":1,"success":true}`, Unknown, 0, "", ""},
		{FamilySign, `{"Success":true}`, Unknown, 0, "", ""},
		{FamilySign, `{"Result":1}`, Unknown, 0, "", ""},
		{FamilySign, `{"Result":0,"Success":true}`, Unknown, 0, "", ""},
		{FamilySign, `{"Result":1,"Success":true,"Error":null}`, Unknown, 0, "", ""},
		{FamilySign, `{"Result":7,"Success":false,"Error":"gone"}`, NotFound, Answered, "ObjectNotFound (7)", "gone"},
		{
			FamilySign, `{"Result":"7","Success":"False","Error":"gone"}`, NotFound, Answered, "ObjectNotFound (7)",
			"gone",
		},
		{FamilySign, `{"Result":7}`, LoadFailed, Answered, "ObjectNotFound (7)", ""},
		{FamilySign, `{"Result":7,"Success":null}`, LoadFailed, Answered, "ObjectNotFound (7)", ""},
		{FamilySign, `{"Result":2,"Success":false}`, Forbidden, Answered, "InsufficientPermission (2)", ""},
		{FamilySign, `{"Result":8,"Success":false}`, WrongType, Answered, "IncorrectObjectType (8)", ""},
		{FamilySign, `{"Result":15,"Success":false}`, LoadFailed, Answered, "FailedToLoadObject (15)", ""},
		{FamilySign, `{"Result":13,"Success":false}`, Unsupported, Answered, "NotImplemented (13)", ""},
		{FamilySign, `{"Result":4,"Success":false}`, Refused, Answered, "UpdateFailure (4)", ""},
		{FamilySign, `{"Result":4711,"Success":false}`, Refused, Answered, "Unknown (4711)", ""},
		{FamilySign, `{"Success":false,"Error":"no"}`, Refused, Answered, "", "no"},
		{FamilySign, `{"Result":7,"Success":true}`, BadAnswer, Unclear, "ObjectNotFound (7)", ""},
		{FamilySign, `{"Result":1,"Success":false}`, BadAnswer, Unclear, "Success (1)", ""},
		{FamilySign, `{}`, EmptyAnswer, Unclear, "", nothingTold},
		{FamilySign, `{"Result":null,"Success":null}`, EmptyAnswer, Unclear, "", nothingTold},
		{FamilySign, `{"Result":"x","Success":"y"}`, EmptyAnswer, Unclear, "", nothingTold},

		{FamilyWorkflow, `{"Result":1}`, Unknown, 0, "", ""},
		{FamilyWorkflow, `{"Result":"1","Status":null}`, Unknown, 0, "", ""},
		{FamilyWorkflow, `{"Result":3}`, NotFound, Answered, "TicketDoesNotExist (3)", ""},
		{FamilyWorkflow, `{"Result":4}`, Forbidden, Answered, "InsufficientPrivileges (4)", ""},
		{FamilyWorkflow, `{"Result":5}`, Refused, Answered, "BadArguments (5)", ""},
		{FamilyWorkflow, `{"Result":7,"Error":"remote"}`, Refused, Answered, "RemoteError (7)", "remote"},
		{FamilyWorkflow, `{"Result":0}`, Refused, Answered, "None (0)", ""},
		{FamilyWorkflow, `{"Error":"no"}`, Refused, Answered, "", "no"},
		{FamilyWorkflow, `{}`, EmptyAnswer, Unclear, "", noResult},

		{FamilyFlow, `{"Result":0,"Message":""}`, Unknown, 0, "", ""},
		{FamilyFlow, `{"Result":0,"Message":"approved"}`, Unknown, 0, "", ""},
		{FamilyFlow, `{"Message":""}`, Unknown, 0, "", ""},
		{FamilyFlow, `{"Result":0}`, Unknown, 0, "", ""},
		{FamilyFlow, `{"Result":1,"Message":"no"}`, Forbidden, Answered, "InsufficientPermission (1)", "no"},
		{FamilyFlow, `{"Result":2}`, NotFound, Answered, "TicketNotFound (2)", ""},
		{FamilyFlow, `{"Result":4,"Error":"no"}`, Refused, Answered, "FailedToApproveTickets (4)", "no"},
		{FamilyFlow, `{"Result":4,"Message":"","Error":"no"}`, Refused, Answered, "FailedToApproveTickets (4)", "no"},
		{FamilyFlow, `{"Result":0,"InvalidTicketIds":[1]}`, Refused, Answered, "Success (0)", "the server lists " +
			"the ticket under InvalidTicketIds"},
		{FamilyFlow, `{"Message":"hm"}`, BadAnswer, Unclear, "", "hm"},
		{FamilyFlow, `{"Result":null,"Message":null}`, EmptyAnswer, Unclear, "", noResult},
		{FamilyFlow, `{}`, EmptyAnswer, Unclear, "", noResult},

		{FamilyConfig, `{"Result":1}`, Unknown, 0, "", ""},
		{FamilyConfig, `{"Result":400,"Error":"x"}`, NotFound, Answered, "ObjectDoesNotExist (400)", "x"},
		{FamilyConfig, `{"Result":7}`, Forbidden, Answered, "InsufficientPrivileges (7)", ""},
		{FamilyConfig, `{"Result":403}`, Refused, Answered, "ObjectNameTooLong (403)", ""},
		{FamilyConfig, `{"Result":600}`, Refused, Answered, "Unknown (600)", ""},
		{FamilyConfig, `{}`, EmptyAnswer, Unclear, "", noResult},
	} {
		t.Run(row.family+" "+row.body, func(t *testing.T) {
			err := familyCalls[row.family](t.Context(), clientOf(t, always(canned{body: row.body})))
			if row.reason == Unknown {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil {
				t.Fatal("taken for a success")
			}
			e := errorOf(t, err)
			if e.Reason != row.reason || e.Delivery != row.delivery || e.Code.Name() != row.code ||
				e.Message != row.text {
				t.Errorf("reason %d, %s, code %q, text %q", e.Reason, e.Delivery, e.Code.Name(), e.Message)
			}
			if !strings.Contains(e.Error(), row.code) {
				t.Errorf("the code is not named: %s", e)
			}
		})
	}
}

// The vendor's Python client looks at nothing but what it asked for, and at Error.
func TestEnvelope_PayloadWithoutResult(t *testing.T) {
	const project = `"Project":{"Dn":"A","Guid":"{0f1e}","Id":7,"Status":1}`
	calls := map[string]func(context.Context, *Client) (int, error){
		project: func(ctx context.Context, c *Client) (int, error) {
			p, err := c.GetProject(ctx, ByDN("A"))
			if err != nil {
				return 0, err
			}
			return int(p.ID), nil
		},
		`"Projects":[{"Dn":"A","Status":1}]`:                       lists["Projects"],
		`"Projects":{"Items":[{"Dn":"A","Status":1}]}`:             lists["Projects"],
		`"RightsList":[{"key":"local:{a}","value":72}]`:            lists["RightsList"],
		`"RightsList":{"local:{a}":72}`:                            lists["RightsList"],
		`"Rightslist":{"Items":[{"Key":"\\VED\\X","Value":"72"}]}`: lists["Rightslist"],
	}
	for payload, call := range calls {
		for envelope, there := range map[string]bool{
			``: true, `,"Result":null`: true, `,"Result":null,"Success":null,"Error":null`: true,
			`,"Error":""`: true, `,"Other":1`: true,
			`,"Error":"no"`: false, `,"Result":7`: false, `,"Result":0`: false, `,"Success":false`: false,
			`,"Result":2,"Success":false`: false,
		} {
			for _, body := range []string{`{` + payload + envelope + `}`, `{"X":0` + envelope + `,` + payload + `}`} {
				n, err := call(t.Context(), clientOf(t, always(canned{body: body})))
				if (err == nil) != there || (n > 0) != there && !strings.Contains(payload, "Projects") {
					t.Errorf("%s: %d, %v", body, n, err)
				}
				if strings.Contains(envelope, `"no"`) && errorOf(t, err).Message != "no" {
					t.Errorf("%s: %v", body, err)
				}
			}
		}
	}
}

func TestEnvelope_EmptyWithoutResult(t *testing.T) {
	for _, body := range []string{
		`{"Project":null}`, `{"Project":{}}`, `{"Project":{"Description":"x"}}`,
		`{"Project":{"Dn":""}}`,
	} {
		e := errorOf(t, readOnce(t.Context(), clientOf(t, always(canned{body: body}))))
		if e.Reason != EmptyAnswer || e.Message != nothingTold {
			t.Errorf("%s: %v", body, e)
		}
	}
	for member, call := range lists {
		for _, nothing := range []string{`null`, `[]`, `{}`, `{"Items":[]}`, `{"Items":null}`} {
			body := `{"` + member + `":` + nothing + `}`
			n, err := call(t.Context(), clientOf(t, always(canned{body: body})))
			if ReasonOf(err) != EmptyAnswer || n != 0 || errorOf(t, err).Message != nothingTold {
				t.Errorf("%s: %d, %v", body, n, err)
			}
		}
	}
	for _, rows := range []string{`[{"key":"local:{a}"}]`, `[{"value":72}]`, `{"local:{a}":null}`} {
		body := `{"RightsList":` + rows + `}`
		if got, err := lists["RightsList"](t.Context(),
			clientOf(t, always(canned{body: body}))); ReasonOf(err) != BadAnswer {
			t.Errorf("%s: %v, %v", body, got, err)
		}
	}
}

func TestErrorCode_Families(t *testing.T) {
	for _, row := range []struct {
		family, body string
		status       int
		reason       Reason
		delivery     Delivery
	}{
		{FamilyWorkflow, `{"Result":3}`, 400, NotFound, Answered},
		{FamilyWorkflow, `{"Result":5}`, 400, Refused, Answered},
		{FamilyWorkflow, `{"Result":2}`, 500, Unavailable, Unclear},
		{FamilyWorkflow, `{"Result":3}`, 500, NotFound, Answered},
		{FamilyConfig, `{"Result":400}`, 400, NotFound, Answered},
		{FamilySign, `{"Result":7,"Success":false,"Error":"gone"}`, 400, NotFound, Answered},
		{FamilySign, `{"Result":2,"Success":false}`, 400, Forbidden, Answered},
		{FamilySign, `{"Result":7,"Success":false}`, 500, Unavailable, Unclear},
		{FamilySign, `{"Result":1,"Success":true}`, 500, Unavailable, Unclear},
		{FamilyFlow, `{"Result":2}`, 400, NotFound, Answered},
		{FamilyFlow, `{"Result":2}`, 500, Unavailable, Unclear},
		{FamilyFlow, `{"Result":0}`, 400, Refused, Answered},
		{FamilySign, `{"Error":"does not exist"}`, 400, Refused, Answered},
		{FamilySign, `The resource cannot be found.`, 404, Unsupported, Answered},
		{FamilySign, ``, 405, Unsupported, Answered},
		{FamilySign, ``, 409, Refused, Answered},
	} {
		s := always(canned{status: row.status, body: row.body})
		e := errorOf(t, familyCalls[row.family](t.Context(), clientOf(t, s)))
		if e.Reason != row.reason || e.HTTPStatus != row.status || e.Delivery != row.delivery {
			t.Errorf("%d %s: reason %d, %s: %v", row.status, row.body, e.Reason, e.Delivery, e)
		}
	}
}

func TestTicketExists(t *testing.T) {
	for body, want := range map[string]bool{`{"Result":1}`: true, `{"Result":3}`: false} {
		got, err := clientOf(t, always(canned{body: body})).TicketExists(t.Context(), bareGUID)
		if got != want || err != nil {
			t.Errorf("%s: %t, %v", body, got, err)
		}
	}
	for _, body := range []string{`{"Result":4}`, `{}`, `x`} {
		if got, err := clientOf(t, always(canned{body: body})).TicketExists(t.Context(), bareGUID); got || err == nil {
			t.Errorf("%s: %t, %v", body, got, err)
		}
	}
}
