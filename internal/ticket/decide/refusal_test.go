package decide

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

func TestARefusalWithoutACodeGoesByItsStatus(t *testing.T) {
	for _, c := range []struct {
		answer     client.Error
		look, send Part
	}{
		{client.Error{Reason: client.Refused, HTTPStatus: 400}, PartTicket, PartStatus},
		{client.Error{Reason: client.Forbidden, HTTPStatus: 403}, PartTicket, PartTicket},
		{client.Error{Reason: client.Refused, HTTPStatus: 200}, "", ""},
		{client.Error{Reason: client.MissingScope, HTTPStatus: 403}, "", ""},
		{client.Error{Reason: client.Unavailable}, "", ""},
	} {
		look, send := &UnreadableError{GUID: guid, Err: &c.answer}, &RefusedError{Order: first(rejected()), Err: &c.answer}
		if look.Part() != c.look || send.Part() != c.send {
			t.Errorf("%v: at %q and %q", &c.answer, look.Part(), send.Part())
		}
	}
}
