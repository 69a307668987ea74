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
	"unicode/utf16"
)

// finish encodes an answer's body; members change their case here where settings say so.
func (s *Server) finish(a answer) answer {
	if a.chunks == nil && a.body != nil {
		a.chunks = [][]byte{mustJSON(a.body)}
	}
	s.mu.Lock()
	lower, encoding := s.settings.LowerCaseMembers, s.settings.AnswerEncoding
	s.mu.Unlock()
	if lower && a.code() == http.StatusOK && a.result != nil {
		a.chunks = [][]byte{lowerMembers(bytes.Join(a.chunks, nil))}
	}
	if a.chunks != nil {
		a.chunks = encodeText(a.chunks, encoding)
	}
	return a
}

// encodeText changes the encoding of a JSON body.
func encodeText(chunks [][]byte, encoding string) [][]byte {
	switch encoding {
	case "bom":
		return append([][]byte{[]byte("\xef\xbb\xbf")}, chunks...)
	case "utf-16":
		text := []byte{0xff, 0xfe}
		for _, unit := range utf16.Encode([]rune(string(bytes.Join(chunks, nil)))) {
			text = binary.LittleEndian.AppendUint16(text, unit)
		}
		return [][]byte{text}
	}
	return chunks
}

// memberKey is a member with its colon, unless a trustee or a DN is used as a key.
var memberKey = regexp.MustCompile(`"[^":{\\]*":`)

func lowerMembers(b []byte) []byte { return memberKey.ReplaceAllFunc(b, bytes.ToLower) }

// write sends an answer, compressed when the client asks for it.
func (a answer) write(w http.ResponseWriter, r *http.Request) {
	if a.reason != "" && writeWithReason(w, a) {
		return
	}
	h := w.Header()
	maps.Copy(h, a.header)
	if a.html != "" {
		h.Set("Content-Type", "text/html; charset=UTF-8")
		w.WriteHeader(a.code())
		_, _ = io.WriteString(w, a.html)
		return
	}
	if a.chunks == nil {
		w.WriteHeader(a.code())
		return
	}
	if h.Get("Content-Type") == "" {
		h.Set("Content-Type", "application/json; charset=utf-8")
	}
	if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		h.Set("Content-Encoding", "gzip")
		w.WriteHeader(a.code())
		z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
		a.stream(z)
		_ = z.Close()
		return
	}
	w.WriteHeader(a.code())
	a.stream(w)
}

func (a answer) stream(w io.Writer) {
	for _, chunk := range a.chunks {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
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
	body := bytes.Join(a.chunks, nil)
	fmt.Fprintf(buffered, "HTTP/1.1 %d %s\r\n", a.code(), a.reason)
	if len(body) > 0 {
		fmt.Fprint(buffered, "Content-Type: application/json; charset=utf-8\r\n")
	}
	fmt.Fprintf(buffered, "Content-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body)
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
	return answer{status: status, html: errorPage(fmt.Sprintf("%d - %s", status, text))}
}
