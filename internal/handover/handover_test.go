package handover_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/codesign-tf/terraform-provider-codesign/internal/handover"
)

func TestAStateThatIsLeftIsFoundAsItIs(t *testing.T) {
	t.Parallel()
	ctx, place := handover.Prepare(t.Context())
	if place.State != nil {
		t.Error("something was there before")
	}
	want := &tfprotov6.DynamicValue{MsgPack: []byte("state")}
	if !handover.Leave(ctx, want) || place.State != want {
		t.Errorf("got %v", place.State)
	}
}

func TestWhereNobodyLooksNothingIsLeft(t *testing.T) {
	t.Parallel()
	if handover.Leave(t.Context(), &tfprotov6.DynamicValue{}) {
		t.Error("it is said to be left")
	}
}
