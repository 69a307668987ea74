package main

import (
	"bytes"
	"encoding/json"
	"sort"
	"strconv"
	"strings"
)

// exchange is one answer of the server as it arrived. It never leaves the program: a report has its
// shape only.
type exchange struct {
	call        string
	status      int // 0: no answer
	contentType string
	encoding    string // "utf-8", "bom" or "utf-16"
	body        []byte
	doc         any // the decoded body, nil if it is not JSON
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
	if decoder.Decode(&e.doc) != nil {
		e.doc = nil
	}
	return e
}

// isEmpty reports an answer without a body.
func (e *exchange) isEmpty() bool { return len(bytes.TrimSpace(e.body)) == 0 }

// get follows member names, in any case, and the numbers of elements. It returns the value and the
// spelling of the last member.
func (e *exchange) get(path ...string) (value any, spelled string, found bool) {
	if e == nil {
		return nil, "", false
	}
	return lookUp(e.doc, path...)
}

func lookUp(value any, path ...string) (any, string, bool) {
	spelled := ""
	for _, name := range path {
		switch v := value.(type) {
		case map[string]any:
			key, there := keyOf(v, name)
			if !there {
				return nil, "", false
			}
			value, spelled = v[key], key
		case []any:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(v) {
				return nil, "", false
			}
			value = v[i]
		default:
			return nil, "", false
		}
	}
	return value, spelled, true
}

// keyOf is the spelling of a member. The exact name comes before other spellings.
func keyOf(o map[string]any, name string) (string, bool) {
	if _, exact := o[name]; exact {
		return name, true
	}
	keys := make([]string, 0, len(o))
	for key := range o {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		if strings.EqualFold(key, name) {
			return key, true
		}
	}
	return "", false
}

// text is a string or a number, "" for anything else.
func (e *exchange) text(path ...string) string {
	value, _, _ := e.get(path...)
	return textOf(value)
}

func textOf(value any) string {
	switch v := value.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	default:
		return ""
	}
}

// list is the elements of a list, which may be in {"Items": […]}.
func (e *exchange) list(path ...string) []any {
	value, _, _ := e.get(path...)
	return listOf(value)
}

func listOf(value any) []any {
	switch v := value.(type) {
	case []any:
		return v
	case map[string]any:
		items, _, _ := lookUp(v, "Items")
		list, _ := items.([]any)
		return list
	default:
		return nil
	}
}

// result is the result code in the answer.
func (e *exchange) result() (code int, there bool) {
	code, err := strconv.Atoi(e.text("Result"))
	return code, err == nil
}

// succeeded reports an HTTP success in readable JSON, without a result code that says otherwise.
func (e *exchange) succeeded() bool {
	if e == nil || e.doc == nil || e.status < 200 || e.status > 299 {
		return false
	}
	success, _, there := e.get("Success")
	if there && success != true {
		return false
	}
	code, coded := e.result()
	if strings.HasPrefix(e.call, "Flow/") {
		return code == 0
	}
	return !coded || code == 1
}
