package client_test

import (
	"fmt"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

func TestIsAboutObject(t *testing.T) {
	for reason, want := range map[client.Reason]bool{
		client.NotFound: true, client.Forbidden: true, client.WrongType: true, client.LoadFailed: true,
		client.EmptyAnswer: true, client.Refused: true,
		client.Unknown: false, client.BadToken: false, client.MissingScope: false, client.BadAnswer: false,
		client.Unavailable: false,
		client.Unsupported: false, client.Cancelled: false, client.Redirected: false,
	} {
		if got := client.IsAboutObject(fmt.Errorf("wrapped: %w", &client.Error{Reason: reason})); got != want {
			t.Errorf("reason %d: got %t", reason, got)
		}
	}
	if client.IsAboutObject(nil) {
		t.Error("no failure is about an object")
	}
}
