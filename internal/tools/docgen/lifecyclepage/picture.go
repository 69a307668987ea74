// Package lifecyclepage renders the lifecycle of a project as a picture and as tables. Both are
// made from the transitions that the provider uses, so they cannot differ from its behavior.
package lifecyclepage

import (
	"fmt"
	"html"
	"math"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

type point struct{ x, y float64 }

// places are the centers of the boxes. A status without a place is not drawn.
var places = map[lifecycle.Status]point{
	lifecycle.Draft:            {130, 80},
	lifecycle.Pending:          {460, 80},
	lifecycle.Enabled:          {790, 80},
	lifecycle.Disabled:         {460, 340},
	lifecycle.Deleted:          {130, 340},
	lifecycle.DisabledByParent: {790, 340},
}

const (
	boxWidth, boxHeight = 170.0, 44.0
	bend                = 30.0 // offset of an arrow to its left, so that the opposite arrow is separate
	labelGap            = 22.0 // from the middle of an arrow to its label
	legendTop           = 420.0
	legendLine          = 22.0
	width               = 920.0
)

// Picture is an SVG of the statuses and the documented steps. The legend explains the numbers.
func Picture() string {
	steps := lifecycle.Transitions()
	height := legendTop + legendLine*float64(len(steps)+2)
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g" `+
		`font-family="system-ui, sans-serif" font-size="15" role="img">`+"\n",
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
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto">` +
	`<path d="M0 0 L10 5 L0 10 z" fill="#30475e"/></marker></defs>
<rect width="100%" height="100%" fill="#ffffff"/>
`

func box(s lifecycle.Status) string {
	at, drawn := places[s]
	if !drawn {
		return ""
	}
	fill, dash := "#e8f1fa", ""
	if s > lifecycle.Pending { // read-only
		fill, dash = "#f3f3f3", ` stroke-dasharray="5 4"`
	}
	return fmt.Sprintf(`<rect x="%g" y="%g" width="%g" height="%g" rx="8" fill="%s" stroke="#30475e"%s/>`+"\n"+
		`<text x="%g" y="%g" text-anchor="middle" fill="#1b2733" font-weight="600">%s</text>`+"\n",
		at.x-boxWidth/2, at.y-boxHeight/2, boxWidth, boxHeight, fill, dash, at.x, at.y+5, s)
}

// arrow is a line from border to border, curved where the opposite step exists. Its middle has the
// number of the step, with the label beside it.
func arrow(number int, t lifecycle.Transition) string {
	from, to := places[t.From], places[t.To]
	dx, dy := to.x-from.x, to.y-from.y
	length := math.Hypot(dx, dy)
	left := point{dy / length, -dx / length} // of the direction, because y grows downwards
	bow := bend * opposite(t)
	control := point{(from.x+to.x)/2 + 2*bow*left.x, (from.y+to.y)/2 + 2*bow*left.y}
	begin, end := border(from, control), border(to, control)
	middle := point{(begin.x+end.x)/4 + control.x/2, (begin.y+end.y)/4 + control.y/2}
	return fmt.Sprintf(`<path d="M%.1f %.1f Q%.1f %.1f %.1f %.1f" fill="none" `+
		`stroke="#30475e" stroke-width="1.6" marker-end="url(#tip)"/>`+"\n"+
		`<circle cx="%.1f" cy="%.1f" r="11" fill="#30475e"/>`+
		`<text x="%.1f" y="%.1f" text-anchor="middle" fill="#ffffff" font-size="13">%d</text>`+"\n"+
		`<text x="%.1f" y="%.1f" text-anchor="%s" fill="#30475e" font-size="13">%s</text>`+"\n",
		begin.x, begin.y, control.x, control.y, end.x, end.y,
		middle.x, middle.y, middle.x, middle.y+4.5, number,
		middle.x+left.x*labelGap, middle.y+left.y*labelGap+4.5, anchor(left), stepName(t))
}

// opposite is 1 if the opposite step exists, else 0.
func opposite(t lifecycle.Transition) float64 {
	for _, other := range lifecycle.Transitions() {
		if other.From == t.To && other.To == t.From {
			return 1
		}
	}
	return 0
}

// anchor aligns a label so that it does not cover its arrow.
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

// border is where the line from the center of a box towards a point leaves the box.
func border(center, towards point) point {
	dx, dy := towards.x-center.x, towards.y-center.y
	scale := math.Min(boxWidth/2/math.Abs(dx), boxHeight/2/math.Abs(dy))
	return point{center.x + dx*scale, center.y + dy*scale}
}

func legend(steps []lifecycle.Transition) string {
	var b strings.Builder
	y := legendTop
	for i, t := range steps {
		fmt.Fprintf(&b, `<text x="45" y="%g" fill="#1b2733" font-size="13">%d  %s, from %s to %s: %s</text>`+"\n",
			y, i+1, stepName(t), t.From, t.To, html.EscapeString(t.Who))
		y += legendLine
	}
	fmt.Fprintf(&b, `<text x="45" y="%g" fill="#5b6b7a" font-size="14">`+
		`A dashed status is read-only: a configuration cannot set it.</text>`+"\n", y+legendLine/2)
	return b.String()
}
