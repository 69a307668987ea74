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

func TestThePictureHasEveryStatusAndEveryStep(t *testing.T) {
	picture := lifecyclepage.Picture()
	for s := lifecycle.Disabled; s.Known(); s++ {
		if !strings.Contains(picture, ">"+s.String()+"<") {
			t.Errorf("no box for %s", s)
		}
	}
	if arrows, steps := strings.Count(picture, "marker-end"), len(lifecycle.Transitions()); arrows != steps {
		t.Errorf("%d arrows for %d steps", arrows, steps)
	}
	if strings.Contains(picture, "NaN") || strings.Contains(picture, "Inf") {
		t.Error("an arrow starts nowhere")
	}
}

func TestThePictureIsWellFormed(t *testing.T) {
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

func TestTheTableHasALineForEachStep(t *testing.T) {
	if lines := strings.Count(lifecyclepage.Table(), "\n") - 2; lines != len(lifecycle.Transitions()) {
		t.Errorf("%d lines for %d steps", lines, len(lifecycle.Transitions()))
	}
}

func TestTheGoalsTellEachWayFromEachStatus(t *testing.T) {
	goals := lifecyclepage.Goals()
	for _, line := range []string{
		"| It is | and should be `Disabled` | `Enabled` | `Draft` | `Pending` |",
		"| `Draft` | set | submit, then wait for the approvers | nothing | submit |",
		"| `Enabled` | set | nothing | tried once, with a warning | nothing |",
		"| `Disabled` | nothing | set | tried once, with a warning | refused at plan |",
		"| `Deleted` | refused at plan | refused at plan | refused at plan | refused at plan |",
	} {
		if !strings.Contains(goals, line+"\n") {
			t.Errorf("no line %s in\n%s", line, goals)
		}
	}
}
