// Package lifecyclepage shows the lifecycle of a project, as a picture and as a
// table, made from the transitions that the provider itself goes by.
package lifecyclepage

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

type point struct{ x, y float64 }

// places are the centres of the boxes. A status without one is not drawn.
var places = map[lifecycle.Status]point{
	lifecycle.Draft:            {130, 90},
	lifecycle.Pending:          {460, 90},
	lifecycle.Enabled:          {790, 90},
	lifecycle.Disabled:         {460, 290},
	lifecycle.Deleted:          {130, 290},
	lifecycle.DisabledByParent: {790, 290},
}

const (
	boxWidth, boxHeight = 170.0, 44.0
	bend                = 30.0 // how far an arrow bows to its left, so that the way back is another line
	aside               = 22.0 // from the middle of an arrow to its text
	legendTop           = 360.0
	legendLine          = 22.0
	width               = 920.0
)

// Picture is an SVG of the statuses and the documented steps, numbered as in the
// legend below them.
func Picture() string {
	steps := lifecycle.Transitions()
	height := legendTop + legendLine*float64(len(steps)+2)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" font-family="system-ui, sans-serif" font-size="15" role="img">`+"\n",
		width, height, width, height)
	b.WriteString(head)
	for i, step := range steps {
		b.WriteString(arrow(i+1, step))
	}
	for status := lifecycle.Disabled; status.Known(); status++ {
		b.WriteString(box(status))
	}
	b.WriteString(legend(steps))
	b.WriteString("</svg>\n")
	return b.String()
}

const head = `<title>Lifecycle of a code-signing project</title>
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 L10 5 L0 10 z" fill="#30475e"/></marker></defs>
<rect width="100%" height="100%" fill="#ffffff"/>
`

func box(s lifecycle.Status) string {
	at, drawn := places[s]
	if !drawn {
		return ""
	}
	fill, dash := "#e8f1fa", ""
	if s > lifecycle.Pending { // can only be read
		fill, dash = "#f3f3f3", ` stroke-dasharray="5 4"`
	}
	return fmt.Sprintf(`<rect x="%g" y="%g" width="%g" height="%g" rx="8" fill="%s" stroke="#30475e"%s/>`+"\n"+
		`<text x="%g" y="%g" text-anchor="middle" fill="#1b2733" font-weight="600">%s</text>`+"\n",
		at.x-boxWidth/2, at.y-boxHeight/2, boxWidth, boxHeight, fill, dash, at.x, at.y+5, s)
}

// arrow is a line from border to border, bowed where there is a way back, with
// the step's number half way and its action beside that.
func arrow(number int, t lifecycle.Transition) string {
	from, to := places[t.From], places[t.To]
	dx, dy := to.x-from.x, to.y-from.y
	length := math.Hypot(dx, dy)
	left := point{dy / length, -dx / length} // of the way, as y grows downwards
	bow := bend * wayBack(t)
	control := point{(from.x+to.x)/2 + 2*bow*left.x, (from.y+to.y)/2 + 2*bow*left.y}
	begin, end := border(from, control), border(to, control)
	middle := point{(begin.x+end.x)/4 + control.x/2, (begin.y+end.y)/4 + control.y/2}
	return fmt.Sprintf(`<path d="M%.1f %.1f Q%.1f %.1f %.1f %.1f" fill="none" stroke="#30475e" stroke-width="1.6" marker-end="url(#tip)"/>`+"\n"+
		`<circle cx="%.1f" cy="%.1f" r="11" fill="#30475e"/><text x="%.1f" y="%.1f" text-anchor="middle" fill="#ffffff" font-size="13">%d</text>`+"\n"+
		`<text x="%.1f" y="%.1f" text-anchor="%s" fill="#30475e" font-size="13">%s</text>`+"\n",
		begin.x, begin.y, control.x, control.y, end.x, end.y,
		middle.x, middle.y, middle.x, middle.y+4.5, number,
		middle.x+left.x*aside, middle.y+left.y*aside+4.5, anchor(left), t.Action)
}

// wayBack is 1 if a step leads the other way, else 0.
func wayBack(t lifecycle.Transition) float64 {
	for _, other := range lifecycle.Transitions() {
		if other.From == t.To && other.To == t.From {
			return 1
		}
	}
	return 0
}

// anchor makes a text beside a line start or end there, and not lie on it.
func anchor(side point) string {
	switch {
	case side.x > 0.4:
		return "start"
	case side.x < -0.4:
		return "end"
	default:
		return "middle"
	}
}

// border is where the line from a box's centre towards a point leaves the box.
func border(centre, towards point) point {
	dx, dy := towards.x-centre.x, towards.y-centre.y
	scale := math.Min(boxWidth/2/math.Abs(dx), boxHeight/2/math.Abs(dy))
	return point{centre.x + dx*scale, centre.y + dy*scale}
}

func legend(steps []lifecycle.Transition) string {
	var b strings.Builder
	y := legendTop
	for i, t := range steps {
		fmt.Fprintf(&b, `<text x="45" y="%g" fill="#1b2733" font-size="13">%d  %s, from %s to %s: %s</text>`+"\n",
			y, i+1, t.Action, t.From, t.To, html.EscapeString(t.Who))
		y += legendLine
	}
	fmt.Fprintf(&b, `<text x="45" y="%g" fill="#5b6b7a" font-size="14">A dashed status can be read but not be asked for.</text>`+"\n", y+legendLine/2)
	return b.String()
}

// Table is the same as Markdown.
func Table() string {
	var b strings.Builder
	b.WriteString("| From | To | How | Who may |\n|---|---|---|---|\n")
	for _, t := range lifecycle.Transitions() {
		fmt.Fprintf(&b, "| `%s` | `%s` | %s | %s |\n", t.From, t.To, t.Action, t.Who)
	}
	return b.String()
}
