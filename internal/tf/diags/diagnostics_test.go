package diags_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

func TestAnAttributeIsBlamedForWhatAnotherValueWouldMend(t *testing.T) {
	at := path.Root("dn")
	for name, c := range map[string]struct {
		err  error
		want path.Path
	}{
		"an object that is not there":  {&client.Error{Reason: client.NotFound}, at},
		"an object out of reach":       {fmt.Errorf("wrapped: %w", &client.Error{Reason: client.Forbidden}), at},
		"an error that never got sent": {errors.New("two have this name"), at},
		"a missing scope":              {&client.Error{Reason: client.MissingScope}, path.Empty()},
		"a server that is down":        {fmt.Errorf("wrapped: %w", &client.Error{Reason: client.Unavailable}), path.Empty()},
	} {
		if got := diags.AttributeFor(at, c.err); !got.Equal(c.want) {
			t.Errorf("%s: blamed %q", name, got)
		}
	}
}

func TestPrefixedWantsADirectoryAndSomethingInIt(t *testing.T) {
	for value, want := range map[string]bool{
		"local:jane": true, "local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}": true, "AD+My Domain:night shift": true, "LDAP+X:a:b": true,
		"jane": false, "": false, ":jane": false, "local:": false, "local: jane": false, " local:jane": false,
	} {
		var resp validator.StringResponse
		attr.Prefixed("must be prefixed").ValidateString(t.Context(), validator.StringRequest{
			Path: path.Root("trustee"), ConfigValue: types.StringValue(value),
		}, &resp)
		if got := !resp.Diagnostics.HasError(); got != want {
			t.Errorf("%q: accepted is %t", value, got)
		}
	}
}
