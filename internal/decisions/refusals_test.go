package decisions

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
)

func TestARefusalWithoutACodeGoesByItsStatus(t *testing.T) {
	for _, c := range []struct {
		answer     api.Error
		look, send Part
	}{
		{api.Error{Reason: api.Refused, HTTPStatus: 400}, PartTicket, PartStatus},
		{api.Error{Reason: api.Forbidden, HTTPStatus: 403}, PartTicket, PartTicket},
		{api.Error{Reason: api.Refused, HTTPStatus: 200}, "", ""},
		{api.Error{Reason: api.MissingScope, HTTPStatus: 403}, "", ""},
		{api.Error{Reason: api.Unavailable}, "", ""},
	} {
		look, send := &UnreadableError{Guid: guid, Err: &c.answer}, &RefusedError{Order: first(rejected()), Err: &c.answer}
		if look.Part() != c.look || send.Part() != c.send {
			t.Errorf("%v: at %q and %q", &c.answer, look.Part(), send.Part())
		}
	}
}
