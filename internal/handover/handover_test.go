package handover_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/handover"
)

func TestAStateThatIsLeftIsFoundAsItIs(t *testing.T) {
	t.Parallel()
	ctx, place := handover.Prepare(t.Context())
	if place.State != nil {
		t.Error("something was there before")
	}
	want := tftypes.NewValue(tftypes.String, "state")
	if left, err := handover.Leave(ctx, tftypes.String, want); err != nil || !left {
		t.Fatal(left, err)
	}
	if got, err := place.State.Unmarshal(tftypes.String); err != nil || !got.Equal(want) {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestWhereNobodyLooksNothingIsLeft(t *testing.T) {
	t.Parallel()
	if left, err := handover.Leave(t.Context(), tftypes.String, tftypes.NewValue(tftypes.String, "state")); err != nil || left {
		t.Error(left, err)
	}
}

func TestAStateThatCannotBeEncodedIsNotLeft(t *testing.T) {
	t.Parallel()
	ctx, place := handover.Prepare(t.Context())
	if left, err := handover.Leave(ctx, tftypes.Number, tftypes.NewValue(tftypes.String, "state")); err == nil || left || place.State != nil {
		t.Error(left, err, place.State)
	}
}
