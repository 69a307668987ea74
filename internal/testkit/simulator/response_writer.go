package simulator

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"net/http"
	"regexp"
	"strings"
	"sync"
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
	s.mu.Lock()
	lower, encoding := s.settings.LowerCaseMembers, s.settings.AnswerEncoding
	s.mu.Unlock()
	if lower && a.status == http.StatusOK && a.result != nil {
		a.text = memberKey.ReplaceAllFunc(a.text, bytes.ToLower)
	}
	switch encoding {
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

// write sends an answer, compressed when it is JSON and the client asks for it.
func (a answer) write(w http.ResponseWriter, r *http.Request) {
	if a.send != nil {
		a.send(w, r)
		return
	}
	if a.reason != "" && writeWithReason(w, a) {
		return
	}
	h, text := w.Header(), a.text
	maps.Copy(h, a.header)
	if text != nil && h.Get("Content-Type") == "" {
		h.Set("Content-Type", jsonType)
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			h.Set("Content-Encoding", "gzip")
			text = compress(text)
		}
	}
	w.WriteHeader(a.code())
	if len(text) > 0 {
		_, _ = w.Write(text)
	}
}

// compressors are used again, because each one allocates almost a megabyte.
var compressors = sync.Pool{New: func() any {
	z, _ := gzip.NewWriterLevel(io.Discard, gzip.BestSpeed)
	return z
}}

func compress(text []byte) []byte {
	var b bytes.Buffer
	z, _ := compressors.Get().(*gzip.Writer)
	defer compressors.Put(z)
	z.Reset(&b)
	_, _ = z.Write(text)
	_ = z.Close()
	return b.Bytes()
}

// writeWithReason puts the text into the status line, which net/http cannot do. HTTP/2 has no
// reason phrase: then the ordinary way is taken.
func writeWithReason(w http.ResponseWriter, a answer) bool {
	if m, ok := w.(*memoryWriter); ok {
		m.next.Status = a.reason
	}
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		return false
	}
	conn, buffered, err := hijacker.Hijack()
	if err != nil {
		return false
	}
	defer conn.Close()
	fmt.Fprintf(buffered, "HTTP/1.1 %d %s\r\n", a.code(), a.reason)
	if len(a.text) > 0 {
		fmt.Fprintf(buffered, "Content-Type: %s\r\n", jsonType)
	}
	fmt.Fprintf(buffered, "Content-Length: %d\r\nConnection: close\r\n\r\n%s", len(a.text), a.text)
	_ = buffered.Flush()
	return true
}

// errorPage is an error page as IIS makes them.
func errorPage(text string) string {
	return "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Strict//EN\" " +
		"\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd\">\r\n" +
		"<html xmlns=\"http://www.w3.org/1999/xhtml\">\r\n<head>\r\n<title>" + text + "</title>\r\n" +
		"<style type=\"text/css\"><!-- body{margin:0;font-size:.7em;font-family:Verdana, Arial, Helvetica, " +
		"sans-serif;} --></style>\r\n" +
		"</head>\r\n<body>\r\n<div id=\"header\"><h1>Server Error</h1></div>\r\n" +
		"<div id=\"content\"><fieldset><h2>" + text + "</h2></fieldset></div>\r\n</body>\r\n</html>\r\n"
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
