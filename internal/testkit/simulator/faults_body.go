package simulator

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"time"
)

// spoil sends an answer as the fault wants it.
func (f *activeFault) spoil(w http.ResponseWriter, r *http.Request, a answer) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	body := bytes.Join(a.chunks, nil)
	switch f.Kind {
	case SlowBody:
		w.WriteHeader(a.code())
		drip(w, r, body, f.Delay)
	case TruncatedBody:
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(a.code())
		_, _ = w.Write(body[:len(body)/2])
		flush(w)
		panic(http.ErrAbortHandler)
	case OversizedBody:
		w.WriteHeader(a.code())
		pad(w, body, sizeOr(f.Size, 64<<20))
	case EndlessBody:
		w.WriteHeader(a.code())
		_, _ = io.WriteString(w, `{"Error":"`)
		block := bytes.Repeat([]byte("x"), 32<<10)
		for r.Context().Err() == nil && write(w, block) {
			flush(w)
		}
	case WrongContentType:
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		_, _ = io.WriteString(w, errorPage("Sign in"))
	case DeepJSON:
		depth := sizeOr(f.Size, 100_000)
		_, _ = io.WriteString(w, `{"Result":1,"Success":true,"Project":`)
		_ = write(w, bytes.Repeat([]byte("["), depth)) && write(w, bytes.Repeat([]byte("]"), depth)) && write(w, []byte("}"))
	case EmptyBody:
		w.WriteHeader(a.code())
	default:
		a.write(w, r)
	}
}

func sizeOr(n, otherwise int) int {
	if n == 0 {
		return otherwise
	}
	return n
}

func write(w io.Writer, b []byte) bool {
	_, err := w.Write(b)
	return err == nil
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

func drip(w http.ResponseWriter, r *http.Request, body []byte, pace time.Duration) {
	if pace == 0 {
		pace = 100 * time.Millisecond
	}
	for i := range body {
		if !pause(r, pace) || !write(w, body[i:i+1]) {
			return
		}
		flush(w)
	}
}

// pad makes a JSON object larger without making it invalid.
func pad(w io.Writer, body []byte, size int) {
	rest, isObject := bytes.CutPrefix(body, []byte("{"))
	if !isObject {
		rest = []byte("}")
	}
	if !write(w, []byte(`{"Padding":"`)) {
		return
	}
	for sent := 0; sent < size; sent += 32 << 10 {
		if !write(w, bytes.Repeat([]byte("x"), 32<<10)) {
			return
		}
	}
	if len(rest) > 1 {
		_ = write(w, []byte(`",`)) && write(w, rest)
		return
	}
	_ = write(w, []byte(`"}`))
}
