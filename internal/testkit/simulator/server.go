package simulator

import (
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"time"
)

// Server is one imitation of the product. Its methods may be called at any time, also from an
// OnRequest hook.
type Server struct {
	mu        sync.Mutex // guards everything below but the listener
	now       time.Time  // of what is being done
	actor     *identity  // who does it; nil for someone outside the API
	settings  Settings
	clients   []ClientApp
	people    *directory
	objects   *store
	workflow  []*WorkflowTicket
	flow      []*FlowTicket
	lastFlow  int64
	sessions  map[string]*session // by access token and by refresh token
	serial    int64               // orders tickets and permission refreshes
	events    []Event
	remarks   []Event
	faults    []*activeFault
	late      []lateCommit
	failed    map[string][]time.Time // when operations met Settings.Failures
	log       []*Request
	hooks     []func(Request)
	doneHooks []func(Request)

	http *httptest.Server
}

// New builds a server from a world. A world that contradicts itself panics.
func New(w World) *Server {
	if len(w.Users) == 0 {
		w.Users = []User{{Name: "admin", Password: "admin", Admin: true}}
	}
	s := &Server{
		settings: w.Settings,
		clients:  w.Clients,
		people:   newDirectory(w),
		objects:  newStore(),
		sessions: map[string]*session{},
		failed:   map[string][]time.Time{},
		now:      time.Now(),
	}
	s.populate(w)
	return s
}

// NewChecked is New for a world from a file: a contradiction is an error.
func NewChecked(w World) (s *Server, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the world makes no sense: %v", p)
		}
	}()
	return New(w), nil
}

func (s *Server) populate(w World) {
	for _, o := range w.Applications {
		s.addObject(classApplication, o)
	}
	for _, o := range w.Collections {
		s.addObject(classCollection, o)
	}
	for _, t := range w.FlowTickets {
		s.addFlowTicket(t)
	}
	for _, folder := range w.Folders {
		s.objects.add(&item{dn: projectDN(folder), class: classContainer})
	}
	for _, p := range w.Projects {
		s.render(s.addProject(p)) // not at the first request, which may be measured
	}
	for _, t := range w.WorkflowTickets {
		s.addWorkflowTicket(t)
	}
}

func (s *Server) addObject(class string, o Object) {
	s.objects.add(&item{
		dn: placeDN(o.DN, applicationsRoot, o.Name), class: class, guid: o.GUID, id: o.ID,
		source: o, rights: s.people.rights(o.Rights),
	})
}

// Trustee is the prefixed universal of a user or group.
func (s *Server) Trustee(name string) string {
	defer s.lock()()
	return s.people.must(name).prefixed
}

// Start listens on a free port of 127.0.0.1 and returns the base URL, without a trailing slash.
func (s *Server) Start() (baseURL string, err error) { return s.Listen("127.0.0.1:0", false) }

// StartTLS is Start over TLS; client certificates are asked for but not demanded.
func (s *Server) StartTLS() (baseURL string, err error) { return s.Listen("127.0.0.1:0", true) }

// Listen is Start with an address of one's own, which must be a loopback one.
func (s *Server) Listen(address string, withTLS bool) (baseURL string, err error) {
	if err := loopbackOnly(address); err != nil {
		return "", err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", fmt.Errorf("listen on %s: %w", address, err)
	}
	s.http = &httptest.Server{
		Listener: listener,
		Config:   &http.Server{Handler: http.HandlerFunc(s.serve), ErrorLog: silent},
	}
	if withTLS {
		s.http.TLS = &tls.Config{ClientAuth: tls.RequestClientCert, MinVersion: tls.VersionTLS12}
		s.http.StartTLS()
	} else {
		s.http.Start()
	}
	return s.http.URL, nil
}

func loopbackOnly(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("address %q: %w", address, err)
	}
	if ip := net.ParseIP(host); (ip == nil || !ip.IsLoopback()) && host != "localhost" {
		return fmt.Errorf("address %q: the simulator listens on loopback only", address)
	}
	return nil
}

// Close stops listening and breaks connections that are still open.
func (s *Server) Close() {
	if s.http != nil {
		s.http.CloseClientConnections()
		s.http.Close()
	}
}

// TLSCertificatePEM is the certificate to trust after StartTLS.
func (s *Server) TLSCertificatePEM() []byte {
	if s.http == nil || s.http.Certificate() == nil {
		return nil
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.http.Certificate().Raw})
}
