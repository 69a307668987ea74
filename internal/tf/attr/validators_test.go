package attr_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func TestAMemberOfAnObjectIsReportedWhereTheCLIFindsItsLine(t *testing.T) {
	for _, c := range []struct{ at, want path.Path }{
		{path.Root("schedule").AtName("stop"), path.Root("schedule").AtMapKey("stop")},
		{path.Root("guid"), path.Root("guid")},
		{path.Root("dns").AtListIndex(1), path.Root("dns").AtListIndex(1)},
		{path.Root("a").AtName("b").AtName("c"), path.Root("a").AtName("b").AtName("c")},
		{path.Empty(), path.Empty()},
	} {
		if got := attr.ReportablePath(c.at); !got.Equal(c.want) {
			t.Errorf("%s is reported at %s", c.at, got)
		}
	}
}
