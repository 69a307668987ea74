package simulator

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// call is one request on its way through a handler. Handlers run under the
// server's lock and must not block.
type call struct {
	*Server
	now     time.Time
	session *session // nil for calls without a token
	http    requestInfo
	body    map[string]json.RawMessage
}

// requestInfo is what handlers may know of the HTTP side.
type requestInfo struct {
	certificate      string // common name of the client certificate
	certificateUntil time.Time
	base             string // scheme and host of the request
	path             string
}

func (c *call) who() *identity { return c.session.who }

// raw finds a member by exactly one of its spellings; null counts as absent.
func (c *call) raw(names ...string) (json.RawMessage, bool) {
	for _, n := range names {
		if v, ok := c.body[n]; ok && string(v) != "null" {
			return v, true
		}
	}
	return nil, false
}

// into decodes a member; one of the wrong type ends the call.
func (c *call) into(target any, names ...string) bool {
	v, ok := c.raw(names...)
	if !ok {
		return false
	}
	if err := json.Unmarshal(v, target); err != nil {
		c.stop(badRequest(fmt.Sprintf("The value of %s cannot be converted.", names[0])))
	}
	return true
}

// refusal carries an answer out of a handler that cannot go on.
type refusal struct{ answer answer }

// stop ends the handler with an answer.
func (c *call) stop(a answer) { panic(refusal{a}) }

// run calls the handler and takes what it stopped with.
func (c *call) run(op *operation) (a answer) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case refusal:
			a = r.answer
		default:
			panic(r)
		}
	}()
	return op.handle(c)
}

func (c *call) str(names ...string) string {
	var s string
	c.into(&s, names...)
	return s
}

// text takes a string or a number.
func (c *call) text(names ...string) string {
	v, ok := c.raw(names...)
	if !ok {
		return ""
	}
	if len(v) > 0 && v[0] == '"' {
		return c.str(names...)
	}
	return string(v)
}

// number takes a number or a quoted number.
func (c *call) number(names ...string) (int64, bool) {
	v, ok := c.raw(names...)
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.Trim(string(v), `"`), 10, 64)
	if err != nil {
		c.stop(badRequest(fmt.Sprintf("The value of %s is not a number.", names[0])))
	}
	return n, true
}

// unknown lists the members of the request that the operation does not know.
func (c *call) unknown(op *operation) []string {
	known := strings.Fields(op.members)
	var out []string
	for _, name := range sortedKeys(c.body) {
		if !slices.Contains(known, name) {
			out = append(out, name)
		}
	}
	return out
}

// remark notes what a careful client would not have sent.
func (c *call) remark(object, detail string) {
	e := Event{Time: c.now, Kind: EventRemark, Object: object, Detail: detail}
	if c.session != nil {
		e.User = c.who().name
	}
	c.Server.note(e)
}
