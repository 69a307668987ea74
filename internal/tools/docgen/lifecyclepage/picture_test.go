package lifecyclepage_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/docgen/lifecyclepage"
)

func TestPicture_Complete(t *testing.T) {
	picture := lifecyclepage.Picture()
	for s := lifecycle.Disabled; s.Known(); s++ {
		if !strings.Contains(picture, ">"+s.String()+"<") {
			t.Errorf("%s has no box", s)
		}
	}
	if arrows, steps := strings.Count(picture, "marker-end"), len(lifecycle.Transitions()); arrows != steps {
		t.Errorf("%d arrows for %d steps", arrows, steps)
	}
	if strings.Contains(picture, "NaN") || strings.Contains(picture, "Inf") {
		t.Error("the picture has a coordinate that is not a number")
	}
}

func TestPicture_WellFormed(t *testing.T) {
	d := xml.NewDecoder(strings.NewReader(lifecyclepage.Picture()))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestStepTable_Rows(t *testing.T) {
	if lines := strings.Count(lifecyclepage.StepTable(), "\n") - 2; lines != len(lifecycle.Transitions()) {
		t.Errorf("got %d rows, want %d", lines, len(lifecycle.Transitions()))
	}
}

func TestApplyTable_Cells(t *testing.T) {
	table := lifecyclepage.ApplyTable()
	for _, line := range []string{
		"| Current status | desired `Disabled` | `Enabled` | `Draft` | `Pending` |",
		"| `Draft` | disable | submit, then wait for the approvers | nothing | submit |",
		"| `Enabled` | disable | nothing | try once | nothing |",
		"| `Disabled` | nothing | enable | try once | error at plan |",
		"| `Deleted` | error at plan | error at plan | error at plan | error at plan |",
	} {
		if !strings.Contains(table, line+"\n") {
			t.Errorf("missing row %s in\n%s", line, table)
		}
	}
}
