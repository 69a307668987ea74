package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// lifecyclePicture is drawn by hand. The numbers of its arrows are those of the table of steps.
func lifecyclePicture(t *testing.T) string {
	t.Helper()
	svg, err := os.ReadFile("../../../templates/images/project-lifecycle.svg")
	if err != nil {
		t.Fatal(err)
	}
	return string(svg)
}

func TestPicture_Complete(t *testing.T) {
	picture := lifecyclePicture(t)
	for s := lifecycle.Disabled; s.Known(); s++ {
		if !strings.Contains(picture, ">"+s.String()+"<") {
			t.Errorf("%s has no box", s)
		}
	}
	for i, step := range lifecycle.Transitions() {
		for _, text := range []string{
			fmt.Sprintf(">%d</text>\n", i+1) + `<text`, ">" + stepName(step) + "<",
			fmt.Sprintf(">%d  %s, from %s to %s: %s<", i+1, stepName(step), step.From, step.To, step.Who),
		} {
			if !strings.Contains(picture, text) {
				t.Errorf("step %d: the picture does not have %q", i+1, text)
			}
		}
	}
	if arrows, steps := strings.Count(picture, "marker-end"), len(lifecycle.Transitions()); arrows != steps {
		t.Errorf("%d arrows for %d steps", arrows, steps)
	}
}

func TestPicture_WellFormed(t *testing.T) {
	d := xml.NewDecoder(strings.NewReader(lifecyclePicture(t)))
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
	if lines := strings.Count(stepTable(), "\n") - 2; lines != len(lifecycle.Transitions()) {
		t.Errorf("got %d rows, want %d", lines, len(lifecycle.Transitions()))
	}
}

func TestApplyTable_Cells(t *testing.T) {
	table := applyTable()
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
