package client

import (
	"errors"
	"net"
	"net/http/httptrace"
	"sync"
)

// delivery watches how far a request got. Callbacks come from the transport's own goroutines.
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
		// A second one comes when nothing had been written on the first, or when the request may be repeated at will.
		GetConn: func(string) { set(func() { d.asked, d.writing = true, false }) },
		GotConn: func(httptrace.GotConnInfo) { set(func() { d.writing = true }) },
		WroteRequest: func(info httptrace.WroteRequestInfo) {
			set(func() { d.writing, d.written = false, d.written || info.Err == nil })
		},
	}
}

// notSent is certainty: no connection was made, or writing to it failed before the end. A connection on which writing
// was still going on when we left may deliver all the same.
func (d *delivery) notSent(err error) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.asked {
		return !d.writing && !d.written
	}
	op, dial := errors.AsType[*net.OpError](err)
	return dial && op.Op == "dial"
}
