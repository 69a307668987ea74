package simulator

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
)

// Transport calls the server without a listener: for tests inside a synctest bubble, and for faults
// that no listener can show. A server of net/http behind a pipe needs four times the CPU time.
func (s *Server) Transport() http.RoundTripper { return memory{s} }

type memory struct{ server *Server }

// RoundTrip runs the handler in a goroutine of its own, which ends with the body of the answer, or
// with the context.
func (m memory) RoundTrip(r *http.Request) (*http.Response, error) {
	in := r.Clone(r.Context())
	if in.Body == nil {
		in.Body = http.NoBody
	}
	defer in.Body.Close()
	if m.server.fault(normalise(r.URL.Path), true).Kind != "" {
		return nil, broken("dial", syscall.ECONNREFUSED)
	}
	in.Host = cmp.Or(r.Host, r.URL.Host)
	in.Header.Set("User-Agent", cmp.Or(r.UserAgent(), "Go-http-client/1.1"))
	body, writer := io.Pipe()
	w := &memoryWriter{
		PipeWriter: writer, answer: make(chan *http.Response, 1),
		next: http.Response{
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: body, Request: r,
		},
	}
	go w.run(m.server, in)
	select {
	case res := <-w.answer:
		if res == nil {
			return nil, broken("read", syscall.ECONNRESET)
		}
		return res, nil
	case <-r.Context().Done():
		_ = body.Close()
		return nil, r.Context().Err()
	}
}

func broken(op string, errno syscall.Errno) error {
	return &net.OpError{Op: op, Net: "tcp", Err: os.NewSyscallError(op, errno)}
}

// memoryWriter is the handler's side of one exchange. A nil answer is a connection that was reset.
type memoryWriter struct {
	*io.PipeWriter // of the body
	answer         chan *http.Response
	next           http.Response
}

// run ends the body when the handler ends, and breaks it off when the handler aborts or the context
// is done.
func (w *memoryWriter) run(s *Server, r *http.Request) {
	defer func() {
		end := r.Context().Err()
		if p := recover(); p != nil {
			if err, ok := p.(error); !ok || !errors.Is(err, http.ErrAbortHandler) {
				panic(p)
			}
			end = io.ErrUnexpectedEOF
			close(w.answer)
		} else if end == nil {
			w.WriteHeader(http.StatusOK)
		}
		_ = w.CloseWithError(end)
	}()
	s.serve(w, r)
}

func (w *memoryWriter) Header() http.Header { return w.next.Header }
func (w *memoryWriter) Flush()              {}

// WriteHeader gives the answer to the client, once.
func (w *memoryWriter) WriteHeader(status int) {
	if w.next.StatusCode != 0 {
		return
	}
	w.next.StatusCode, w.next.ContentLength = status, -1
	w.next.Status = fmt.Sprintf("%d %s", status, cmp.Or(w.next.Status, http.StatusText(status)))
	answer := w.next
	answer.Header = w.next.Header.Clone()
	w.answer <- &answer
}

func (w *memoryWriter) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.PipeWriter.Write(b)
}
