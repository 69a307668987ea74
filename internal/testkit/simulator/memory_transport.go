package simulator

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"syscall"
)

// Transport calls the server without a listener: for tests inside a synctest bubble, and for faults
// that no listener can show.
func (s *Server) Transport() http.RoundTripper {
	return memory{s, &http.Transport{DisableKeepAlives: true, DialContext: s.dial, DialTLSContext: s.dial}}
}

type memory struct {
	server *Server
	pipes  *http.Transport
}

func (m memory) RoundTrip(r *http.Request) (*http.Response, error) {
	if m.server.fault(normalise(r.URL.Path), true).Kind != "" {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, broken("dial", syscall.ECONNREFUSED)
	}
	res, err := m.pipes.RoundTrip(r)
	if errors.Is(err, io.EOF) {
		return nil, broken("read", syscall.ECONNRESET)
	}
	return res, err
}

func broken(op string, errno syscall.Errno) error {
	return &net.OpError{Op: op, Net: "tcp", Err: os.NewSyscallError(op, errno)}
}

// dial opens a pipe to a server that serves this one connection.
func (s *Server) dial(context.Context, string, string) (net.Conn, error) {
	client, server := net.Pipe()
	go func() {
		_ = (&http.Server{Handler: http.HandlerFunc(s.serve), ErrorLog: silent}).Serve(&oneConnection{conn: server})
	}()
	return client, nil
}

// oneConnection is a listener that accepts a connection once.
type oneConnection struct {
	net.Listener
	conn net.Conn
}

func (l *oneConnection) Accept() (conn net.Conn, err error) {
	if conn, l.conn = l.conn, nil; conn == nil {
		return nil, io.EOF
	}
	return conn, nil
}

func (l *oneConnection) Close() error { return nil }
