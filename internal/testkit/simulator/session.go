package simulator

import (
	"cmp"
	"crypto/rand"
	"encoding/base64"
	"slices"
	"strings"
	"time"
)

// session is what a token stands for.
type session struct {
	who             *identity
	client          string
	granted         scopes
	asked           string // the scope as the grant was asked for it
	access, refresh string // refresh is empty where the grant is not renewable
	issued          time.Time
	expires         time.Time
	refreshUntil    time.Time
	seen            int64 // serial up to which workflow tickets are visible
	refreshed       int64 // serial of the last Permissions/Refresh
}

// newToken makes a token as the server does: base64 that ends in "==".
func newToken() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b)
	return base64.StdEncoding.EncodeToString(b)
}

// Token mints an access token for a user, valid like one from a grant. Empty scopes mean
// everything.
func (s *Server) Token(user string, scopes string) string {
	defer s.lock()()
	return s.issue(s.people.must(user), "token", cmp.Or(scopes, everyScope)).access
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

// issue opens a session with a new access token and, where allowed, a refresh token.
func (s *Server) issue(who *identity, client, scope string) *session {
	app, known := s.client(client)
	lifetime := cmp.Or(app.AccessTokenLifetime, s.settings.AccessTokenLifetime, 90*24*60*60)
	n := &session{
		who: who, client: client, granted: parseScopes(scope), asked: scope, access: newToken(), issued: s.now,
		expires: s.now.Add(seconds(lifetime)), refreshUntil: s.now.AddDate(1, 0, 0), seen: s.serial,
	}
	s.sessions[n.access] = n
	if !known || !app.NoRefresh {
		n.refresh = newToken()
		s.sessions[n.refresh] = n
	}
	return n
}

// revoke ends a session with both of its tokens.
func (s *Server) revoke(old *session) {
	delete(s.sessions, old.access)
	delete(s.sessions, old.refresh)
}

// client finds an API integration by id, ignoring case as present servers do.
func (s *Server) client(id string) (ClientApp, bool) {
	for _, c := range s.clients {
		if foldDN(c.ID) == foldDN(id) {
			return c, true
		}
	}
	return ClientApp{}, false
}

// everyScope is all that the newest server can grant.
const everyScope = "admin:algorithms,delete,recyclebin,rotate;agent:delete;" +
	"certificate:approve,delete,discover,manage,revoke;" +
	"codesign:admin,approve,delete,manage;codesignclient;configuration:delete,manage;restricted:delete,manage;" +
	"security:delete,manage;ssh:approve,delete,discover,manage;statistics:delete,manage"

// scopes are scopes and their restrictions, such as "codesign" and "codesign:manage". A scope always
// includes reading.
type scopes map[string]bool

func parseScopes(text string) scopes {
	s := scopes{}
	for part := range strings.SplitSeq(strings.ToLower(text), ";") {
		name, restrictions, _ := strings.Cut(part, ":")
		name = strings.TrimSpace(name)
		if name == "" || name == "any" {
			continue
		}
		s[name] = true
		for r := range strings.SplitSeq(restrictions, ",") {
			if r = strings.TrimSpace(r); r != "" {
				s[name+":"+r] = true
			}
		}
	}
	return s
}

// allows judges a requirement: "any", "codesign", "codesign:manage", or ":approve" for any scope
// with that restriction.
func (s scopes) allows(need string) bool {
	if need == "any" || s[need] {
		return true
	}
	ofAny := func(scope string) bool { return strings.HasSuffix(scope, need) }
	return strings.HasPrefix(need, ":") && slices.ContainsFunc(sortedKeys(s), ofAny)
}

// beyond lists what s has and most has not.
func (s scopes) beyond(most scopes) []string {
	return slices.DeleteFunc(sortedKeys(s), func(scope string) bool { return most[scope] })
}
