// Package handover lets a read leave its state as it goes over the wire, past the
// framework, which copies what a read has written, converts it, compares it value
// by value with the configuration and with itself, and walks through it once more
// to encode it. That is for custom types, plans and blocks; a state of ten
// thousand plain values gains nothing by it and takes longer than its requests.
package handover

import (
	"context"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

type key struct{}

// Place is where the state of one call is left.
type Place struct {
	// State is nil where none was left.
	State *tfprotov6.DynamicValue
}

// Prepare is for the server that makes the call: what is called with the context
// finds the place.
func Prepare(ctx context.Context) (context.Context, *Place) {
	place := &Place{}
	return context.WithValue(ctx, key{}, place), place
}

// Leave is for what is called. It is false where the server does not look for a
// state, which then has to take the usual way.
func Leave(ctx context.Context, state *tfprotov6.DynamicValue) bool {
	place, there := ctx.Value(key{}).(*Place)
	if there {
		place.State = state
	}
	return there
}
