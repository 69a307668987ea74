package client

import (
	"bufio"
	"compress/gzip"
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// rawServer lets each connection be handled byte by byte. It ends with the test, with all its connections.
func rawServer(t *testing.T, handle func(conn net.Conn)) (url string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			handle(conn)
			conn.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-done })
	return "http://" + l.Addr().String()
}

func overNetwork(t *testing.T, url string, change ...func(*Options)) *Client {
	t.Helper()
	c := clientOf(t, transport.NewHTTP(nil, 0), append([]func(*Options){func(o *Options) {
		o.BaseURL, o.Rand = url, func() float64 { return 0 }
	}}, change...)...)
	t.Cleanup(c.engine.Transport.(*http.Transport).CloseIdleConnections)
	return c
}

// poolFor is a connection pool that trusts the server.
func poolFor(s *httptest.Server, connections int) *http.Transport {
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	return transport.NewHTTP(&tls.Config{MinVersion: tls.VersionTLS12, RootCAs: roots}, connections)
}

func readRequest(conn net.Conn) error {
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	req, err := http.ReadRequest(bufio.NewReader(conn))
	if err == nil {
		_, err = io.Copy(io.Discard, req.Body)
	}
	return err
}

func answerOK(conn net.Conn) {
	fmt.Fprintf(conn, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
		len(signOK), signOK)
}

func TestDelivery_ConnectionRefused(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = l.Close()
	e := errorOf(t, writeOnce(t.Context(), overNetwork(t, "http://"+l.Addr().String())))
	if e.Delivery != NotSent || e.Attempts != 5 || e.Reason != Unavailable {
		t.Errorf("%s after %d attempts: %v", e.Delivery, e.Attempts, e)
	}
}

func TestDelivery_FailedHandshake(t *testing.T) {
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ErrorLog = log.New(io.Discard, "", 0)
	s.StartTLS()
	defer s.Close()
	e := errorOf(t, writeOnce(t.Context(), overNetwork(t, s.URL)))
	if e.Delivery != NotSent || e.Attempts != 1 || !strings.Contains(e.Error(), "certificate") {
		t.Errorf("%s after %d attempts: %v", e.Delivery, e.Attempts, e)
	}
	url := rawServer(t, func(conn net.Conn) { fmt.Fprint(conn, "HTTP/1.1 400 Bad Request\r\n\r\n") })
	e = errorOf(t, writeOnce(t.Context(), overNetwork(t, strings.Replace(url, "http:", "https:", 1))))
	if e.Delivery != NotSent || e.Attempts != 1 {
		t.Errorf("no TLS there: %s after %d attempts: %v", e.Delivery, e.Attempts, e)
	}
}

func TestDelivery_NoAnswer(t *testing.T) {
	var arrived atomic.Int32
	url := rawServer(t, func(conn net.Conn) {
		if readRequest(conn) == nil {
			arrived.Add(1)
		}
	})
	e := errorOf(t, writeOnce(t.Context(), overNetwork(t, url)))
	if e.Delivery != Unclear || arrived.Load() != 1 || e.Attempts != 1 {
		t.Errorf("%s, arrived %d times: %v", e.Delivery, arrived.Load(), e)
	}
	arrived.Store(0)
	e = errorOf(t, readOnce(t.Context(), overNetwork(t, url)))
	if arrived.Load() != 5 || e.Reason != Unavailable {
		t.Errorf("a read arrived %d times: %v", arrived.Load(), e)
	}
}

// A connection that was used before is where net/http repeats requests by itself: it must not do so with a write that
// the server has read.
func TestDelivery_ReusedConnection(t *testing.T) {
	var arrived atomic.Int32
	url := rawServer(t, func(conn net.Conn) {
		for readRequest(conn) == nil {
			if arrived.Add(1) > 1 {
				return // read, not answered, closed
			}
			answerOK(conn)
		}
	})
	c := overNetwork(t, url)
	if err := writeOnce(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	e := errorOf(t, writeOnce(t.Context(), c))
	if e.Delivery != Unclear || arrived.Load() != 2 {
		t.Errorf("%s, arrived %d times: %v", e.Delivery, arrived.Load(), e)
	}
}

func TestDelivery_CancelledConnect(t *testing.T) {
	over := make(chan struct{})
	defer close(over) // net/http goes on dialing for the next request
	stuck := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		<-over
		return nil, net.ErrClosed
	}}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	c := clientOf(t, stuck)
	if e := errorOf(t, writeOnce(ctx, c)); e.Delivery != NotSent || e.Reason != Cancelled {
		t.Errorf("%s: %v", e.Delivery, e)
	}
}

func TestPool_CompressionAndTLSResumption(t *testing.T) {
	var resumed []bool
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		resumed = append(resumed, r.TLS.DidResume)
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Connection", "close")
		if !strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			t.Errorf("Accept-Encoding: %q", r.Header.Get("Accept-Encoding"))
		}
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		fmt.Fprint(z, goodProject.body)
		_ = z.Close()
	}))
	defer s.Close()
	c := overNetwork(t, s.URL, func(o *Options) { o.Transport = poolFor(s, 0) })
	for range 3 {
		if err := readOnce(t.Context(), c); err != nil {
			t.Error(err)
		}
	}
	if len(resumed) != 3 || resumed[0] || !resumed[1] || !resumed[2] {
		t.Errorf("resumed: %v", resumed)
	}
}

func TestPool_ConnectionLimitAndHTTP1(t *testing.T) {
	var connections atomic.Int32
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.ProtoMajor != 1 {
			t.Errorf("%s", r.Proto)
		}
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, goodProject.body)
	}))
	s.EnableHTTP2 = true
	s.Config.ErrorLog = log.New(io.Discard, "", 0) // connections dialled in excess are closed before they shake hands
	s.Config.ConnState = func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	s.StartTLS()
	defer s.Close()
	c := overNetwork(t, s.URL, func(o *Options) {
		o.Transport, o.MaxConcurrentRequests = poolFor(s, 2), 2
	})
	failures := make(chan error)
	for range 20 {
		go func() { failures <- readOnce(t.Context(), c) }()
	}
	for range 20 {
		if err := <-failures; err != nil {
			t.Error(err)
		}
	}
	if n := connections.Load(); n > 2 {
		t.Errorf("%d connections", n)
	}
}
