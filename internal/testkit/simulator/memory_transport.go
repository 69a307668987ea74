package simulator

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"syscall"
)

// Transport carries requests to the server in memory, without a listener: for tests inside a
// synctest bubble, and for faults that no listener can show. Each request has a connection of its
// own, which ends with the request.
func (s *Server) Transport() http.RoundTripper {
	dial := func(context.Context, string, string) (net.Conn, error) {
		client, server := net.Pipe()
		reset := &atomic.Bool{}
		web := &http.Server{Handler: s.Handler(), ErrorLog: silent}
		_ = web.Serve(&oneConn{conn: memoryConn{server, reset}}) // in a goroutine of its own
		return memoryConn{client, reset}, nil
	}
	return memory{s, &http.Transport{
		DialContext: dial, DialTLSContext: dial, DisableKeepAlives: true, DisableCompression: true,
	}}
}

type memory struct {
	server *Server
	*http.Transport
}

func (m memory) RoundTrip(r *http.Request) (*http.Response, error) {
	if f := m.server.fault(normalise(r.URL.Path), "", true); f != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, broken("dial", syscall.ECONNREFUSED)
	}
	return m.Transport.RoundTrip(r)
}

func broken(op string, errno syscall.Errno) error {
	return &net.OpError{Op: op, Net: "tcp", Err: os.NewSyscallError(op, errno)}
}

// oneConn is a listener that accepts one connection.
type oneConn struct{ conn net.Conn }

func (l *oneConn) Accept() (net.Conn, error) {
	conn := l.conn
	if l.conn = nil; conn == nil {
		return nil, io.EOF
	}
	return conn, nil
}

func (l *oneConn) Close() error   { return nil }
func (l *oneConn) Addr() net.Addr { return &net.TCPAddr{} }

// memoryConn is one end of a connection that the server can reset.
type memoryConn struct {
	net.Conn
	reset *atomic.Bool
}

// SetLinger lets the other end see a reset, as it does with TCP.
func (c memoryConn) SetLinger(int) error {
	c.reset.Store(true)
	return nil
}

func (c memoryConn) Read(b []byte) (int, error) {
	n, err := c.Conn.Read(b)
	if errors.Is(err, io.EOF) && c.reset.Load() {
		err = broken("read", syscall.ECONNRESET)
	}
	return n, err
}
