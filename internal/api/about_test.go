package api_test

import (
	"fmt"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
)

func TestWhichFailuresAreAboutTheObjectAskedFor(t *testing.T) {
	for reason, want := range map[api.Reason]bool{
		api.NotFound: true, api.Forbidden: true, api.WrongType: true, api.LoadFailed: true, api.EmptyAnswer: true, api.Refused: true,
		api.Unknown: false, api.BadToken: false, api.MissingScope: false, api.BadAnswer: false, api.Unavailable: false,
		api.Unsupported: false, api.Cancelled: false, api.Redirected: false,
	} {
		if got := api.IsAboutObject(fmt.Errorf("wrapped: %w", &api.Error{Reason: reason})); got != want {
			t.Errorf("reason %d: got %t", reason, got)
		}
	}
	if api.IsAboutObject(nil) {
		t.Error("no failure is about an object")
	}
}
