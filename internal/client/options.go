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

// Options, TokenSource and Token are types of the transport that users of the client need.
type (
	Options     = transport.Options
	TokenSource = transport.TokenSource
	Token       = transport.Token
)
