package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// node is a value in a decoded answer. The zero node is a member that the answer does not have.
type node struct {
	value any
	name  string // of the member, as the server spells it
	found bool
}

// get follows member names, in any case, and the numbers of elements.
func (n node) get(path ...string) node {
	for _, name := range path {
		n = n.member(name)
	}
	return n
}

// member takes the first of several spellings.
func (n node) member(name string) node {
	switch v := n.value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if strings.EqualFold(key, name) {
				return node{v[key], key, true}
			}
		}
	case []any:
		if i, err := strconv.Atoi(name); err == nil && i < len(v) {
			return node{v[i], "", true}
		}
	}
	return node{}
}

// text is a string or a number, "" for anything else.
func (n node) text(path ...string) string {
	switch v := n.get(path...).value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		return ""
	}
}

// kind is the type in JSON, "" for null, a truth value and a missing member.
func (n node) kind() string {
	switch n.value.(type) {
	case map[string]any:
		return "object"
	case []any:
		return "list"
	case string:
		return "text"
	case json.Number:
		return "number"
	default:
		return ""
	}
}

// list is the elements of a list, which may be in {"Items": […]}.
func (n node) list(path ...string) []node {
	n = n.get(path...)
	elements, isList := n.value.([]any)
	if !isList {
		elements, _ = n.get("Items").value.([]any)
	}
	nodes := make([]node, len(elements))
	for i, element := range elements {
		nodes[i] = node{element, "", true}
	}
	return nodes
}

// has reports whether the list has a text, in any case.
func (n node) has(text string) bool {
	return slices.ContainsFunc(n.list(), func(i node) bool { return strings.EqualFold(i.text(), text) })
}

// exchange is one answer of the server as it arrived. It never leaves the program: a report has its
// shape only. The zero exchange stands for a call that was not made.
type exchange struct {
	call        string
	status      int
	contentType string
	encoding    string // "utf-8", "bom" or "utf-16"
	body        []byte
	node        // the decoded body, without a value if it is not JSON
}

func newExchange(call string, status int, contentType string, body []byte) *exchange {
	e := &exchange{call: call, status: status, contentType: contentType, body: body, encoding: "utf-8"}
	switch {
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		e.encoding, body = "bom", body[3:]
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("\xfe\xff")):
		e.encoding = "utf-16"
		return e
	}
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.UseNumber()
	if decoder.Decode(&e.value) != nil {
		e.value = nil
	}
	return e
}

// isEmpty reports an answer without a body.
func (e *exchange) isEmpty() bool { return len(bytes.TrimSpace(e.body)) == 0 }

// result is the result code in the answer.
func (e *exchange) result() (code int, there bool) {
	code, err := strconv.Atoi(e.text("Result"))
	return code, err == nil
}

// succeeded reports an HTTP success in readable JSON, without a result code that says otherwise.
func (e *exchange) succeeded() bool {
	success := e.get("Success")
	if e.value == nil || e.status < 200 || e.status > 299 || success.found && success.value != true {
		return false
	}
	code, coded := e.result()
	if strings.HasPrefix(e.call, "Flow/") {
		return code == 0
	}
	return !coded || code == 1
}

// refusal is what the answer refuses a request with: the result code, or the HTTP status.
func (e *exchange) refusal() string {
	code, coded := e.result()
	switch {
	case e.status == 0, e.status == 401, e.status == 403, e.succeeded():
		return ""
	case coded:
		return resultAnswer(code)
	case e.status == 400:
		return "HTTP 400"
	case e.status >= 500:
		return "HTTP 5xx"
	default:
		return ""
	}
}
