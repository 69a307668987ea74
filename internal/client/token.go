package client

import (
	"context"
	"time"
)

// TokenSource yields the bearer token of a request. It is asked before every attempt, so it must be cheap while its
// token is good, and it sees to it that any number of callers cause one renewal.
type TokenSource interface {
	// Token answers the token to use now. An error stops the call before anything is sent.
	Token(ctx context.Context) (Token, error)
	// Reject says that the server answered 401 invalid_token to a token that was still the current one. The next Token
	// must be another one; the error says why there is none.
	Reject(ctx context.Context, rejected Token) error
}

// Token is an access token and what is known about it. Value is secret; everything else may be shown.
type Token struct {
	Value    string
	Expiry   time.Time // zero: not known
	Origin   string    // how it was obtained, for messages: "access_token", "password grant of local:robot"
	Identity string    // prefixed universal of its owner, where the grant answered it
}
