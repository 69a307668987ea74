package client

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"

	"github.com/hashicorp/go-retryablehttp"
)

// encode leaves <, > and & as they are.
func encode(in any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(in)
	return bytes.TrimSpace(buf.Bytes()), err
}

func (c *Client) request(ctx context.Context, k *call) (*retryablehttp.Request, error) {
	var body any
	if k.body != nil {
		body = k.body
	}
	req, err := retryablehttp.NewRequestWithContext(withCall(ctx, k), k.op.method(), c.base.String()+k.op.path(), body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if k.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.opts.UserAgent != "" {
		req.Header.Set("User-Agent", c.opts.UserAgent)
	}
	return req, nil
}

// checkRedirect follows a GET within the server, three times at most; the rest comes back as it is.
func (c *Client) checkRedirect(req *http.Request, via []*http.Request) error {
	if req.Method != http.MethodGet || via[0].Method != http.MethodGet || len(via) > 3 ||
		req.URL.Scheme != c.base.Scheme || req.URL.Host != c.base.Host || req.URL.User != nil {
		return http.ErrUseLastResponse
	}
	return nil
}
