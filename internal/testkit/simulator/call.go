package simulator

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// call is one request in its handler. Handlers run under the server's lock and must
// not block.
type call struct {
	*Server
	session *session // nil for calls without a token
	request *http.Request
	body    map[string]json.RawMessage
	inside  string   // the member that has the body, with a dot at its end
	failure *Failure // what the operation answers although it does something
}

func (c *call) who() *identity { return c.actor }

// raw finds a member; null counts as absent.
func (c *call) raw(name string) (json.RawMessage, bool) {
	v, ok := c.body[name]
	return v, ok && string(v) != "null"
}

// into decodes a member; one of the wrong type ends the call.
func (c *call) into(target any, name string) (sent bool) {
	v, sent := c.raw(name)
	if sent && json.Unmarshal(v, target) != nil {
		c.stop(badRequest(fmt.Sprintf("The value of %s%s cannot be converted.", c.inside, name)))
	}
	return sent
}

// member is the call with the members of an object that the request carries.
func (c *call) member(name string) (inside *call, sent bool) {
	of := *c
	of.body, of.inside = nil, c.inside+name+"."
	return &of, c.into(&of.body, name)
}

// refusal carries an answer out of a handler that cannot go on.
type refusal struct{ answer answer }

// stop ends the handler with an answer.
func (c *call) stop(a answer) { panic(refusal{a}) }

func (c *call) stopIf(condition bool, a answer) {
	if condition {
		c.stop(a)
	}
}

// catch takes the answer that something stops with.
func (c *call) catch(do func() answer) (a answer) {
	defer func() {
		switch r := recover().(type) {
		case nil:
		case refusal:
			a = r.answer
		default:
			panic(r)
		}
	}()
	return do()
}

func (c *call) str(name string) (s string) {
	c.into(&s, name)
	return s
}

// required is str for a member that has to be there.
func (c *call) required(name string) string {
	s := c.str(name)
	c.stopIf(s == "", badRequest(name+" is required."))
	return s
}

// text takes a string or a number.
func (c *call) text(name string) string {
	v, _ := c.raw(name)
	if strings.HasPrefix(string(v), `"`) {
		return c.str(name)
	}
	return strings.TrimPrefix(string(v), "null")
}

// number takes a number or a quoted number.
func (c *call) number(name string) (n int64, sent bool) {
	v, sent := c.raw(name)
	if !sent {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.Trim(string(v), `"`), 10, 64)
	c.stopIf(err != nil, badRequest(fmt.Sprintf("The value of %s is not a number.", name)))
	return n, true
}

// unknown lists the members of the request that the operation does not know, and remarks on them.
func (c *call) unknown(op *operation) []string {
	known := strings.Fields(op.members)
	var out []string
	for _, name := range sortedKeys(c.body) {
		if !slices.Contains(known, name) {
			out = append(out, name)
			c.remark(op.name, "unknown member "+name)
		}
	}
	return out
}

// object is a JSON object of an answer.
type object = map[string]any

// answer is the response of a handler.
type answer struct {
	status int // 200 when zero
	reason string
	body   any    // encoded as JSON when not nil
	text   []byte // already encoded; beats body
	result *int
	header http.Header                              // with a Content-Type when it is not JSON
	send   func(http.ResponseWriter, *http.Request) // in place of an ordinary answer
}

func (a answer) code() int { return cmp.Or(a.status, http.StatusOK) }

// withResult is the envelope of an answer with a result code.
func withResult(result int, members ...object) answer {
	body := object{"Result": result}
	for _, m := range members {
		maps.Copy(body, m)
	}
	return answer{body: body, result: &result}
}

// signOK is the envelope of a Codesign call that worked.
func signOK(extra object) answer { return withResult(signSuccess, extra, object{"Success": true}) }

func signFail(result int, text string) answer {
	return withResult(result, object{"Success": false, "Error": text})
}

// authError is the dialect of the authentication layer.
func authError(status int, kind, description string) answer {
	return answer{status: status, body: object{"error": kind, "error_description": description}}
}

func badRequest(description string) answer {
	return authError(http.StatusBadRequest, "invalid_request", description)
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	must(err)
	return b
}

// Sign result codes.
const (
	signSuccess      = 1
	signPermission   = 2
	signCreate       = 3
	signUpdate       = 4
	signDelete       = 5
	signRename       = 6
	signNotFound     = 7
	signWrongType    = 8
	signRelated      = 11
	signDuplicate    = 1001
	signUserNotFound = 1002
	signExists       = 2002
)

// Workflow result codes.
const (
	workflowSuccess      = 1
	workflowMissing      = 3
	workflowPrivileges   = 4
	workflowBadArguments = 5
	workflowNoObject     = 6
)

// Flow result codes.
const (
	flowSuccess      = 0
	flowPermission   = 1
	flowMissing      = 2
	flowApproveFails = 4
	flowRejectFails  = 5
)

// Config result codes.
const (
	configSuccess  = 1
	configArgument = 2
	configRights   = 7
	configMissing  = 400
)
