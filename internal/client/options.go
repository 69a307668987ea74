package client

import (
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Defaults of Options.
const (
	DefaultRequestTimeout        = transport.DefaultRequestTimeout
	DefaultMaxRetries            = 4
	DefaultMaxConcurrentRequests = 64
)

// maxDelay is the longest delay between two attempts.
const maxDelay = time.Minute

// Options are the settings of a Client.
type Options = transport.Options

// TokenSource provides the tokens of a Client.
type TokenSource = transport.TokenSource

// Token is an access token.
type Token = transport.Token
