package simulator

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"unicode/utf16"
)

// finish encodes an answer's body; JSON changes its encoding, and the case of its members, where
// settings say so.
func (s *Server) finish(a answer) answer {
	a.status = a.code()
	if a.text == nil && a.body != nil {
		a.text = mustJSON(a.body)
	}
	if a.text == nil || a.header.Get("Content-Type") != "" {
		return a
	}
	if s.settings.LowerCaseMembers && a.status == http.StatusOK && a.result != nil {
		a.text = memberKey.ReplaceAllFunc(a.text, bytes.ToLower)
	}
	switch s.settings.AnswerEncoding {
	case "bom":
		a.text = append([]byte("\xef\xbb\xbf"), a.text...)
	case "utf-16":
		units := utf16.Encode([]rune(string(a.text)))
		a.text = []byte{0xff, 0xfe}
		for _, unit := range units {
			a.text = binary.LittleEndian.AppendUint16(a.text, unit)
		}
	}
	return a
}

const jsonType = "application/json; charset=utf-8"

// memberKey is a member with its colon, unless a trustee or a DN is used as a key.
var memberKey = regexp.MustCompile(`"[^":{\\]*":`)

// write sends an answer.
func (a answer) write(w http.ResponseWriter, r *http.Request) {
	if a.send != nil {
		a.send(w, r)
		return
	}
	if a.reason != "" {
		writeWithReason(w, a)
		return
	}
	maps.Copy(w.Header(), a.header)
	if a.text != nil && w.Header().Get("Content-Type") == "" {
		w.Header().Set("Content-Type", jsonType)
	}
	w.WriteHeader(a.code())
	_, _ = w.Write(a.text)
}

// writeWithReason puts the text into the status line, which net/http cannot do.
func writeWithReason(w http.ResponseWriter, a answer) {
	if m, ok := w.(*memoryWriter); ok {
		m.next.Status = a.reason
		answer{status: a.status, text: a.text}.write(w, nil)
		return
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	must(err)
	defer conn.Close()
	_ = (&http.Response{
		StatusCode: a.code(), Status: fmt.Sprint(a.code(), " ", a.reason), ProtoMajor: 1, ProtoMinor: 1, Close: true,
		Header:        choose(a.text == nil, nil, http.Header{"Content-Type": {jsonType}}),
		ContentLength: int64(len(a.text)), Body: io.NopCloser(bytes.NewReader(a.text)),
	}).Write(conn)
}

// errorPage is an error page as IIS makes them.
func errorPage(text string) string {
	return `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" ` +
		`"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">` + "\r\n" +
		`<html xmlns="http://www.w3.org/1999/xhtml"><head><title>` + text + `</title></head><body>` + "\r\n" +
		`<div id="header"><h1>Server Error</h1></div><fieldset><h2>` + text + "</h2></fieldset></body></html>\r\n"
}

// page is an answer of the web server itself.
func page(status int, text string) answer {
	return html(status, errorPage(fmt.Sprintf("%d - %s", status, text)))
}

func html(status int, text string) answer {
	return answer{
		status: status, text: []byte(text), header: http.Header{"Content-Type": {"text/html; charset=UTF-8"}},
	}
}
