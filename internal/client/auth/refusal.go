package auth

import (
	"errors"
	"fmt"
	"time"
)

// refusal is why there is no token, so that concurrent operations do not repeat a refused login.
// Servers lock users out after a few.
type refusal struct {
	reason error
	holds  func(now time.Time) bool // asking for a token again would change nothing
}

// refused returns the reason not to ask for a token now, or nil. The caller holds the lock.
func (s *Source) refused(now time.Time) error {
	if s.refusal != nil && s.refusal.holds(now) {
		return s.refusal.reason
	}
	s.refusal = nil
	return nil
}

// rememberRefusal remembers a refused grant until its credential changes. The caller holds the lock.
func (s *Source) rememberRefusal(err error, sent string) {
	if e, ok := errors.AsType[*Error](err); ok && e.Reason == GrantRefused {
		s.refusal = &refusal{err, func(time.Time) bool {
			now, err := s.grant.credential()
			return err == nil && now == sent
		}}
	}
}

func fixedTokenRejected(origin string) error {
	return &Error{
		Reason: Failed,
		Summary: "the server rejected the access token in " + origin + ": it has expired, was revoked, or belongs to " +
			"another server",
		Detail: "The provider cannot renew this token. Set access_token (or VENAFI_TOKEN) to a new token, or " +
			"configure a method that obtains tokens (refresh_token_file, tpp_username and tpp_password, " +
			"p12_cert_filename, external_jwt).",
	}
}

func renewedTokenRejected(origin string, was *granted) error {
	return &Error{
		Reason: Failed,
		Summary: fmt.Sprintf("the server rejected the access token obtained by %s at %s (%s), which had just "+
			"replaced another rejected token",
			origin, rfc3339(was.Obtained.Time), was.endsAt()),
		Detail: "Check that url is the server that issues the tokens, that its nodes share their data, and that no " +
			"other client renews or revokes the same grant.",
	}
}
