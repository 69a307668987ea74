package simulator

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"syscall"
)

// Transport carries requests to the server in memory, without a listener: for tests inside a
// synctest bubble, and for faults that no listener can show.
func (s *Server) Transport() http.RoundTripper { return memory{s} }

type memory struct{ server *Server }

// RoundTrip runs the handler in a goroutine of its own, which ends with the request: when the body
// is read to its end or closed, or the context is done.
func (m memory) RoundTrip(r *http.Request) (*http.Response, error) {
	if f := m.server.fault(normalise(r.URL.Path), "", true); f != nil {
		closeBody(r)
		return nil, broken("dial", syscall.ECONNREFUSED)
	}
	in := r.Clone(r.Context())
	in.RemoteAddr = "127.0.0.1:0"
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	reader, writer := io.Pipe()
	w := &memoryWriter{header: http.Header{}, body: writer, ready: make(chan struct{})}
	go w.run(m.server, in)
	select {
	case <-w.ready:
	case <-r.Context().Done():
		_ = reader.CloseWithError(r.Context().Err())
		return nil, r.Context().Err()
	}
	if w.reset {
		return nil, broken("read", syscall.ECONNRESET)
	}
	// The body breaks off when the context ends.
	stop := context.AfterFunc(r.Context(), func() { _ = reader.CloseWithError(r.Context().Err()) })
	return w.response(r, &memoryBody{reader, stop}), nil
}

func broken(op string, errno syscall.Errno) error {
	return &net.OpError{Op: op, Net: "tcp", Err: os.NewSyscallError(op, errno)}
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		_ = r.Body.Close()
	}
}

// memoryBody ends what waits for the response when it is read or closed.
type memoryBody struct {
	*io.PipeReader
	stop func() bool
}

func (b *memoryBody) Read(p []byte) (int, error) {
	n, err := b.PipeReader.Read(p)
	if err != nil {
		b.stop()
	}
	return n, err
}

func (b *memoryBody) Close() error {
	b.stop()
	return b.PipeReader.Close()
}

// memoryWriter is the handler's side of one exchange.
type memoryWriter struct {
	header, sent http.Header
	status       int
	reason       string
	body         *io.PipeWriter
	ready        chan struct{}
	reset        bool
}

func (w *memoryWriter) run(s *Server, r *http.Request) {
	defer closeBody(r)
	defer func() {
		p := recover()
		if err, isError := p.(error); p != nil && (!isError || !errors.Is(err, http.ErrAbortHandler)) {
			panic(p)
		}
		if p != nil {
			w.reset = w.status == 0
			w.open()
			_ = w.body.CloseWithError(io.ErrUnexpectedEOF)
			return
		}
		w.open()
		_ = w.body.Close()
	}()
	s.serve(w, r)
}

// open lets RoundTrip return.
func (w *memoryWriter) open() {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
}

func (w *memoryWriter) Header() http.Header     { return w.header }
func (w *memoryWriter) Flush()                  {}
func (w *memoryWriter) setReason(reason string) { w.reason = reason }

func (w *memoryWriter) WriteHeader(status int) {
	if w.status != 0 {
		return
	}
	w.status, w.sent = status, w.header.Clone()
	close(w.ready)
}

func (w *memoryWriter) Write(b []byte) (int, error) {
	w.open()
	return w.body.Write(b)
}

func (w *memoryWriter) response(r *http.Request, body io.ReadCloser) *http.Response {
	reason := w.reason
	if reason == "" {
		reason = http.StatusText(w.status)
	}
	return &http.Response{
		Status: statusLine(w.status, reason), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.sent, Body: body, ContentLength: -1, Request: r,
	}
}

func statusLine(code int, reason string) string { return strconv.Itoa(code) + " " + reason }
