package auth

import (
	"errors"
	"fmt"
	"time"
)

// rejection remembers why there is no token, so that concurrent operations do not repeat a refused
// login. Servers lock users out after a few.
type rejection struct {
	refusal    error  // of a grant
	refused    string // the credential that was refused
	rejection  error  // of a token
	rejectedTo time.Time
}

// current returns the reason not to ask for a token now, or nil.
func (v *rejection) current(now time.Time, g grant) error {
	if err := v.rejected(now); err != nil {
		return err
	}
	if v.refusal == nil {
		return nil
	}
	if c, err := g.prepare(); err == nil && c.secret == v.refused {
		return v.refusal
	}
	v.refusal = nil
	return nil
}

func (v *rejection) rejected(now time.Time) error {
	if v.rejection != nil && (v.rejectedTo.IsZero() || now.Before(v.rejectedTo)) {
		return v.rejection
	}
	v.rejection = nil
	return nil
}

// markRejected remembers the rejection of a token, for good if until is zero.
func (v *rejection) markRejected(err error, until time.Time) error {
	v.rejection, v.rejectedTo = err, until
	return err
}

// record remembers a refused grant.
func (v *rejection) record(c credential, err error) {
	if refused, ok := errors.AsType[*Error](err); ok && refused.Reason == GrantRefused {
		v.refusal, v.refused = err, c.secret
	}
}

func fixedTokenRejected(origin string) error {
	return &Error{
		Reason: TokenRejected,
		Summary: "the server rejected the access token in " + origin + ": it has expired, was revoked, or belongs to " +
			"another server",
		Detail: "The provider cannot renew this token. Set access_token (or VENAFI_TOKEN) to a new token, or " +
			"configure a method that obtains tokens (refresh_token_file, tpp_username and tpp_password, " +
			"p12_cert_filename, external_jwt).",
	}
}

func renewedTokenRejected(origin string, was *granted) error {
	return &Error{
		Reason: TokenRejected,
		Summary: fmt.Sprintf("the server rejected the access token obtained by %s at %s (%s), which had just "+
			"replaced another rejected token",
			origin, rfc3339(was.Obtained.Time), was.endsAt()),
		Detail: "Check that url is the server that issues the tokens, that its nodes share their data, and that no " +
			"other client renews or revokes the same grant.",
	}
}
