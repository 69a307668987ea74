package transport

import (
	"errors"
	"net"
	"net/http/httptrace"
	"sync"
)

// delivery records how far a request got. The HTTP transport calls back from its own goroutines.
type delivery struct {
	mu                      sync.Mutex
	asked, writing, written bool
}

func (d *delivery) trace() *httptrace.ClientTrace {
	set := func(f func()) {
		d.mu.Lock()
		defer d.mu.Unlock()
		f()
	}
	return &httptrace.ClientTrace{
		// A second call comes if nothing was written on the first connection, or if the request may be repeated.
		GetConn: func(string) { set(func() { d.asked, d.writing = true, false }) },
		GotConn: func(httptrace.GotConnInfo) { set(func() { d.writing = true }) },
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			set(func() { d.writing, d.written = false, d.written || info.Err == nil })
		},
	}
}

// notSent is a certainty: there was no connection, or writing failed before the end. A connection on which
// writing continues when the caller leaves may still deliver the request.
func (d *delivery) notSent(err error) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.asked {
		return !d.writing && !d.written
	}
	return NoConnection(err)
}

// NoConnection reports whether the error is about connecting, so that the server cannot have seen the request.
func NoConnection(err error) bool {
	op, ok := errors.AsType[*net.OpError](err)
	return CodeOf(err) == ProxyRefused || ok && (op.Op == "dial" || op.Op == "proxyconnect")
}
