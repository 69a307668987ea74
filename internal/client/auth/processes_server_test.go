package auth

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// usesOfAToken is after how many calls the server ends an access token, so that exchanges come often.
const usesOfAToken = 5

// singleUseServer keeps one grant: a refresh token that works once, and an access token that dies with it.
type singleUseServer struct {
	mu       sync.Mutex
	serial   int
	refresh  string
	access   string
	uses     int
	consumer map[string]string // who used a refresh token up
	refused  []string          // whose refresh token was presented after
	accepted int
}

func newSingleUseServer() *singleUseServer {
	return &singleUseServer{consumer: map[string]string{}}
}

// issue begins a new grant, as an operator does who obtains a refresh token by hand.
func (s *singleUseServer) issue() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next()
	return s.refresh
}

// current is the one refresh token that works.
func (s *singleUseServer) current() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.refresh
}

func (s *singleUseServer) next() {
	s.serial++
	s.refresh, s.access, s.uses = fmt.Sprintf("refresh-%d==", s.serial), fmt.Sprintf("access-%d==", s.serial), 0
}

func (s *singleUseServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != pathRefresh {
		s.use(w, r)
		return
	}
	var asked requestBody
	_ = json.NewDecoder(r.Body).Decode(&asked)
	time.Sleep(time.Duration(rand.IntN(4)) * time.Millisecond) // on the way there: a kill may come before
	reply := s.exchange(asked.RefreshToken, r.UserAgent())
	time.Sleep(time.Duration(rand.IntN(4)) * time.Millisecond) // on the way back: or after
	if reply == "" {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	_, _ = io.WriteString(w, reply)
}

func (s *singleUseServer) exchange(token, who string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if token != s.refresh {
		s.refused = append(s.refused, s.consumer[token])
		return ""
	}
	s.consumer[token] = who
	s.next()
	return fmt.Sprintf(`{"access_token":%q,"refresh_token":%q,"expires_in":3600}`, s.access, s.refresh)
}

func (s *singleUseServer) use(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.uses++
	if r.Header.Get("Authorization") != "Bearer "+s.access || s.uses > usesOfAToken {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	s.accepted++
}
